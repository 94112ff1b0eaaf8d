"""The real parts a local instance needs, started privately and stopped without leftovers."""
