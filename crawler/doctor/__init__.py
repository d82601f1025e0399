"""What may be wrong with a set-up, and how each fault is mended."""
