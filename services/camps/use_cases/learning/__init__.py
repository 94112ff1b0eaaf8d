"""What was learned and promised at a camp, and what became of it."""
