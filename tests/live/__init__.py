"""Boards of every software on 127.0.0.1, for crawls in tests."""
