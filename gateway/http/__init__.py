"""HTTP itself: the server, requests read strictly, responses, entity tags, problems, limits."""
