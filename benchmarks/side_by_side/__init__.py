"""Our matcher beside others, on the same sets, in one run."""
