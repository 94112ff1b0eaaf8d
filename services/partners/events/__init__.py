"""The events that partners publishes: facts, in the past tense. Their contracts are written from these classes."""
