"""Who may do what: a user of the broker and of the database for each process, with no more than it needs."""
