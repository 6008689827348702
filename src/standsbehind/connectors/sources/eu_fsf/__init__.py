"""EU consolidated financial sanctions list."""
