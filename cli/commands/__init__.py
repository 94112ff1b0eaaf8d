"""The command line's groups of commands, a line or two each."""
