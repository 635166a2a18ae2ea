"""Bank format of the front machine: plain attribute XML in UTF-8, packed in ZIP files."""
