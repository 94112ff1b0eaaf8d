"""The events that camps publishes: facts, in the past tense. Their contracts are written from these classes."""
