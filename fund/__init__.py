"""The engine of a fund for cities: every decision is a chain of facts that can be read, re-run and proved."""

__version__ = "0.1.0"
