"""The HTML pages: answering an invitation by the link in a letter, without signing in."""
