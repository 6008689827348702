"""GLEIF legal entity identifiers and relationships."""
