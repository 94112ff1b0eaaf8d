"""Snapshots of all databases at one instant, and the replica set that they need."""
