"""Act files of the case room; found by themselves."""
