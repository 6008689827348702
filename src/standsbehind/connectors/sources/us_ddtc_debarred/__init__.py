"""The AECA debarred parties of the US Department of State."""
