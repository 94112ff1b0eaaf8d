"""Where everything of camps is kept: a module for each area of the work."""
