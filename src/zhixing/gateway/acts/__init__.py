"""Acts of the gateway room."""
