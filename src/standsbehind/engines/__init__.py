"""Engines: where relational plans run."""
