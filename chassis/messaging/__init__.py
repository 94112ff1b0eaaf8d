"""How events travel: outbox and relay, envelope, topology, inbox and reactions, retries, dead letters, replay."""
