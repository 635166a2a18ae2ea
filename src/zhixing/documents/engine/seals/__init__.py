"""Electronic seals: drawing, certificates, signing, verification."""
