"""What one can have done with measures and data points, and how a series is judged when it changes."""
