"""One module per sub-command; see `zhixing.entry.cli`."""
