"""The demo market: four invented sources, served on 127.0.0.1. The crawler does not know it."""
