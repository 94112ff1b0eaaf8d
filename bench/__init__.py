"""Benchmarks against stock nameko, against a peer, and against a minimal implementation of the same work."""
