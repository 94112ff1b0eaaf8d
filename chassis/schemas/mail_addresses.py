"""Mail addresses: which ones mail can go to, and when two spellings are one address. Nothing is looked up."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email


class NotAMailAddress(ValueError):
    """No mail goes there; the message says what is wrong with it."""


def canonical_address(address: str) -> str:
    """Give the one spelling by which addresses are compared: the domain in ASCII (IDNA 2008, not transitional).

    Case means nothing in a domain. In the part before the @ it may (RFC 5321 section 2.4), but no mail server is
    known that has two mailboxes which only differ in it. Raises NotAMailAddress.
    """
    read = read_address(address)
    return f"{read.local_part.casefold()}@{read.ascii_domain.lower()}"


def read_address(address: str) -> ValidatedEmail:
    """Read an address of a mailbox in a domain; raises NotAMailAddress."""
    try:
        return validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise NotAMailAddress(str(error)) from None
