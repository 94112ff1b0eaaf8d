"""Who comes to a camp by name."""
