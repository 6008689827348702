"""The ledger: what was stated and when we came to know it."""
