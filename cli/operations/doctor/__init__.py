"""`./partnerships doctor`: checks an instance, and says what to do about each problem."""
