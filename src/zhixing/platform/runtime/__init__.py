"""How the programs of one installation are set up, started, watched and stopped. Pure Python: no Django here."""
