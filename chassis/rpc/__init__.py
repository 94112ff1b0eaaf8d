"""Commands and queries by RPC: the server, the client, and idempotency."""
