"""Matching tells whether a name may be that of a listed entity, and why."""
