"""Contracting processes in the Open Contracting Data Standard."""
