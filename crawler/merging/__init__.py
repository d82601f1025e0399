"""Databases of several machines, or a partner's, folded into the home's: any order, any repetition,
the same result."""
