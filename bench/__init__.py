"""What measures us: against stock nameko, against a peer, and against the least that could do the same."""
