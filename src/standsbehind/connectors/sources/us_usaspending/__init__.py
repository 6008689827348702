"""Prime awards as downloaded from USAspending."""
