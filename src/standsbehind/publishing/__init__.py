"""Publishing: from a ledger of statements to a snapshot that is answered from."""
