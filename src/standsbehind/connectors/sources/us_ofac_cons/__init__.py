"""OFAC consolidated list of the programs that do not block."""
