"""Pure values used by every room: money, clock, problems, ids and text."""
