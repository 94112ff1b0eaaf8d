"""Routes and their entrypoints: from a request to calls of services, within the scope of the caller."""
