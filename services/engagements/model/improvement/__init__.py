"""What is being worked on: charters, drivers, tests of change, and scores of progress."""
