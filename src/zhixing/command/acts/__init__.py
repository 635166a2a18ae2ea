"""Acts of the command room."""
