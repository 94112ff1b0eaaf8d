"""Groups of commands; each command calls one function elsewhere."""
