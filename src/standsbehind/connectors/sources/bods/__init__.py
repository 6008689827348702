"""Beneficial ownership statements in the form of the Beneficial Ownership Data Standard."""
