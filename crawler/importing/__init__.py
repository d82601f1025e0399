"""Exports of chat programs: from a file to evidence and rows, without a request to anybody."""
