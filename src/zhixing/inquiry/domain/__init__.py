"""Pure parts: screening, classification, comparison."""
