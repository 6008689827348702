"""Library: the questions of the command, asked from Python on tables of one's own."""
