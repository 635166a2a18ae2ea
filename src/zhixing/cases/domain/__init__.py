"""Pure parts of the case room: what papers say, what a claim amounts to."""
