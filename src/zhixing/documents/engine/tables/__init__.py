"""Tables for office programs."""
