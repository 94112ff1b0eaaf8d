"""The contestants: gateways, services and event consumers with the same work."""
