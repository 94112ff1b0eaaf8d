"""Pictures of partners, as SVG."""
