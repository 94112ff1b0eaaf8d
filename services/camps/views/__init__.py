"""What one can see of camps, read only: a module for each area of the work."""
