"""The HTTP API: yente's routes and reconciliation for the clients that exist, and our own beside them."""
