"""Figures as data, and the reports, charts and table that are made from them."""
