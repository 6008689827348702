"""Screening: a user's file meets the names and numbers of a snapshot."""
