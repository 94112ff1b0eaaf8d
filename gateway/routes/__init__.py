"""Every route, in one table for each service."""
