"""The only package that writes rows: idempotent upserts, one writer, one transaction a page."""
