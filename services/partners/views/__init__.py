"""What one can see of partners: read only; a module for each aggregate."""
