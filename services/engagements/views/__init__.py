"""What can be seen of each area of the work: read only, a module for each."""
