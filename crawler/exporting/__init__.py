"""What leaves: offers and requests as STIX, MISP, CSV, NDJSON and Parquet, under their labels."""
