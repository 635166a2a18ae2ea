"""Making documents: typeset, seal, verify, pack, tabulate. No Django; every moment is an argument."""
