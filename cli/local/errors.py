"""The one error of this package, and how it shows addresses."""

import re


class CannotStart(Exception):
    """Something a local instance needs is missing or failed; the message is one sentence saying how to mend it."""


def without_password(uri: str) -> str:
    """An address that may be shown."""
    return re.sub(r"//[^/]*@", "//", uri)
