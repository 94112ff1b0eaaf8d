"""Who somebody was is erased from what a service keeps beside its aggregates."""
