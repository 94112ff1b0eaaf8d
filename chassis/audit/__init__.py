"""Who did what: a record in the transaction of every change, and of every refusal within a quota."""
