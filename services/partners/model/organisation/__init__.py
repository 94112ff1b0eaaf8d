"""Organisations: what a partner is, where it is, whom it serves, and what it wants to be better."""
