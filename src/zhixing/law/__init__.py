"""The law book and the pure rules that read it."""
