"""The command line: the same verbs as the API, and what only an operator does."""

from fund.cli.main import main

__all__ = ["main"]
