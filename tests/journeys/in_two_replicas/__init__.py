"""Journeys in two replicas: a package, so that its files use one instance."""
