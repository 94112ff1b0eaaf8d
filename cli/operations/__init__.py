"""Commands for operators: events, dead letters, backup, restore, infrastructure, diagnosis."""
