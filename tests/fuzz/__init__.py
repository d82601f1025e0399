"""Mutated pages and texts: what is fed to readers, and what must hold of what they say."""
