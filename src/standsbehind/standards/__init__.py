"""Standards: what official programs do to whom, and one conduct standard for all; pure."""
