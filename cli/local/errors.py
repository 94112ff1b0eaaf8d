"""The error of a local instance."""


class CannotStart(Exception):
    """Something that a local instance needs is missing or failed; the message is one sentence that says what to do."""
