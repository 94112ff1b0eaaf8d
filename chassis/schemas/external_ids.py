"""The field for what another system calls something."""

from typing import Annotated

from chassis.schemas.fields import Text


class ExternalIdText(Text):
    """What another system calls something: letters, digits and `. _ : / -`."""

    pattern = "^[A-Za-z0-9._:/-]{1,100}$"
    expected = "1 to 100 letters, digits, '.', '_', ':', '/' or '-' are expected."

    def __init__(self) -> None:
        """Take up to 100 of these characters."""
        super().__init__(longest=100, example="QI-2026/017")


ExternalId = Annotated[str, ExternalIdText()]
