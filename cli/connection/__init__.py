"""How commands reach an instance: settings, addresses, tokens, the gateway's client."""
