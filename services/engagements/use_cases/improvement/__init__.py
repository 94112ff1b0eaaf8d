"""What one can have done with initiatives and PDSA cycles, and what is done about events."""
