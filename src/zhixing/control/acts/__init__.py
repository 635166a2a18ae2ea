"""Act files of the control room; found by themselves."""
