"""United Nations Security Council Consolidated List."""
