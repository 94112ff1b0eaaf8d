"""How many partners the programme carries, and who waits for a place in it."""
