"""The machine that every source shares: knows no site and no language."""
