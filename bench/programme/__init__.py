"""The programme of a large camp: its conflicts found, and its release told to everybody who comes."""
