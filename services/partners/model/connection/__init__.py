"""Connections: what two partners do with each other, how that begins, rests and ends."""
