"""Core: the facts that ship with the package."""
