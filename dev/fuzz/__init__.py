"""schemathesis against the running platform: every operation, two partners and staff, all checks."""
