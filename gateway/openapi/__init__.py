"""The gateway described to machines: its OpenAPI document, from its routes and the contracts of operations."""
