"""Faculty: who coaches for the institute, how they came to do so, and who asks for them."""
