"""Real-estate registry format: upper-case element XML, UTF-8, whole text Base64, leaf values Base64 by choice."""
