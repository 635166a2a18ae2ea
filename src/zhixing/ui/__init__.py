"""Templates, template tags, style sheets and scripts that every page shares. Knows no law and no data."""
