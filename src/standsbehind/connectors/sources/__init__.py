"""Sources: one folder per dataset, all of one shape."""
