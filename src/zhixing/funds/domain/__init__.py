"""Pure rules of the funds room."""
