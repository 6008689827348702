"""OFAC: the legacy files of the US Office of Foreign Assets Control, of which two lists are made."""
