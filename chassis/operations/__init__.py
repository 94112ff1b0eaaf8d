"""What every service answers to operators: its dead letters and its audit records."""
