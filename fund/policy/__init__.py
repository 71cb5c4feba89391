"""Programmes as files: loaded at the border, checked before they are adopted, handed on as plain frozen data."""

from fund.policy.checking import longest_path, problems
from fund.policy.loading import PolicyError, bundled, load, load_packed, packed

__all__ = ["PolicyError", "bundled", "load", "load_packed", "longest_path", "packed", "problems"]
