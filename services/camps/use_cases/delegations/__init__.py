"""Delegates are named, confirmed, substituted and withdrawn, and follow what becomes of their seats."""
