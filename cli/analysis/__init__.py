"""Judge a series from a file: for analysts who have no instance."""
