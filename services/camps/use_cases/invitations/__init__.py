"""Partners are invited, answer, wait for seats and get them."""
