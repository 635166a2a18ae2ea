"""Pure parts: the least-burden plan."""
