"""A local instance with something in it: thirteen partners, a camp, and the story of one milestone."""
