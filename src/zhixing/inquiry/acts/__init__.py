"""Act files of the inquiry room; found by themselves."""
