"""The only place that opens a network connection."""
