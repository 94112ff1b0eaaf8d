"""Where each area of the work is kept: a module for each."""
