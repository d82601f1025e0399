"""The analysts' desk: pages beside Datasette's own, read-only but for analysts' decisions."""
