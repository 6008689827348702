"""Cases: what was found, put together for the person who asked."""
