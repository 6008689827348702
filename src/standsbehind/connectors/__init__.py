"""Connectors: from a publisher's file to statements."""
