"""Command: the court tree, from above."""
