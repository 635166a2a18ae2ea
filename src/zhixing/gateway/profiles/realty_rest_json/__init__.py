"""Registry format by which the court calls: JSON with head and data, token, answered at once."""
