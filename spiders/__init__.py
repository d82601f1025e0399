"""What differs from site to site: how to walk a kind of site, how to read one forum software."""
