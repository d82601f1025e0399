"""The frontier as one contract: SQLite for one machine, PostgreSQL for many."""
