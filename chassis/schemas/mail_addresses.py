"""Mail addresses: which ones mail can go to, and when two spellings are one address. Nothing is looked up."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

DIGEST_BYTES = 9
"""It tells somebody's addresses apart, and protects nothing."""


class NotAMailAddress(ValueError):
    """No mail goes there; the message says what is wrong with it."""


def canonical_address(address: str) -> str:
    """Give the one spelling by which addresses are compared: the domain in ASCII (IDNA 2008, not transitional).

    Case means nothing in a domain. In the part before the @ it may (RFC 5321 section 2.4), but no mail server is
    known that has two mailboxes which only differ in it. ß and ss differ in more. Raises NotAMailAddress.
    """
    read = read_address(address)
    return f"{read.local_part.lower()}@{read.ascii_domain.lower()}"


def read_address(address: str) -> ValidatedEmail:
    """Read an address of a mailbox in a domain; raises NotAMailAddress."""
    try:
        return validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise NotAMailAddress(str(error)) from None


def address_digest(address: str, *, of: str) -> str:
    """Give what stands for the address of a person, by their id, where the address itself should not be.

    Each spelling of it has the same, and the same address of two people has two. Raises NotAMailAddress.
    """
    digest = sha256(f"{of} {canonical_address(address)}".encode()).digest()
    return urlsafe_b64encode(digest[:DIGEST_BYTES]).decode()
