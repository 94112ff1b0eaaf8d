"""The pages people read in a browser without signing in: answering an invitation by its link."""
