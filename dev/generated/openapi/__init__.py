"""contracts/openapi.json, written from the routes of the gateway and the contracts of operations."""
