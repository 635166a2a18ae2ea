"""Pages of the doors."""
