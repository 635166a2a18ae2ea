"""Pages of the case room."""
