"""Pages of the inquiry room."""
