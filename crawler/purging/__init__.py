"""What is too old to keep, or must not be kept, removed from rows and evidence."""
