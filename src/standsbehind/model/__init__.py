"""The model: what may be said, without any input or output."""
