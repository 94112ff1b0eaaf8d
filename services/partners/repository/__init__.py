"""Where partners keeps each of its aggregates: a module for each."""
