"""Files written from the code: contracts, and the tables in docs/."""
