"""Which rules and words made a finding."""

from nlp.lexicon import digest_of

RULES = "5"
"""Raised by hand whenever a rule in this package changes what is found."""
VERSION = f"{RULES}-{digest_of()}"
"""Stands on each listing: the rules' number and a digest of all words, which changes with them."""
