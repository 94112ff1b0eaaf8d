"""What `partnerships` does once its environment stands."""
