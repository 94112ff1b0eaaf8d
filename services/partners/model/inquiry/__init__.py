"""Inquiries: somebody asks how their organisation becomes a partner, and is answered."""
