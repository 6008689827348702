"""NDAA: lists that sections of a National Defense Authorization Act make, by name alone."""
