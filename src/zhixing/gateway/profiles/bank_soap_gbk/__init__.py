"""Bank format: attribute XML, GBK, Base64 of each value and of the whole."""
