"""Acts of the funds room, one file each."""
