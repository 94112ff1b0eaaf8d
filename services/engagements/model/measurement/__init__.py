"""Is it getting better: what is measured, what was measured, and what the data say."""
