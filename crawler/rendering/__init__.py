"""How a page is rendered: Chromium's start, its identity, what it may ask for, what is read."""
