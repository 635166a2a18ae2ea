"""Documents of the court: templates, PDF, electronic seals, packets and public verification."""
