"""The command line `./partnerships` for those who run an instance."""
