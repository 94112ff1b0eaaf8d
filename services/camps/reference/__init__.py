"""What others know of places: in which country they are, and which days are public holidays there."""
