"""The only HTTP door: it knows routes, people and statuses, and no rule of the domain."""
