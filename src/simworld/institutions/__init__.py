"""Banks and a registry as clients of the court: they poll, look into their books, act, and feed back."""
