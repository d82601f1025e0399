"""One module for each engine: how its software writes a board."""
