"""The store: copies, folders and pointers on disk."""
