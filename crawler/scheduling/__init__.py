"""When which source is read: plans, a ledger of slots, and the keeper that starts crawls."""
