"""Alerts: rules in YAML match what is new, and tell the operator's own targets."""
