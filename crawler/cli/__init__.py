"""The command's parts, one module a group; the only place that joins spiders and crawler."""

from crawler.cli.app import main

__all__ = ["main"]
