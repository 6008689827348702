"""FCC Covered List."""
