"""Which instance the commands speak to, and how: settings, addresses, tokens, the gateway's client."""
