"""The `behind` command: arguments and printing, nothing else."""
