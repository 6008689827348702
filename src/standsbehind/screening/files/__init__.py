"""Files: what a user hands in, from bytes to rows, whatever its format and encoding."""
