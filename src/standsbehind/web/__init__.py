"""Web: pages that answer as the command does, readable without a script."""
