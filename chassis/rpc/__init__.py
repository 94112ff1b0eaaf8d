"""How commands and queries travel: the server that answers, the client that asks, and idempotency."""
