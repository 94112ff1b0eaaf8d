"""Sessions are proposed and withdrawn."""
