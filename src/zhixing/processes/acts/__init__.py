"""Act files of the processes room; found by themselves."""
