"""To which addresses mail can go, and which spellings are one address."""

import pytest

from chassis.schemas.fields import Email
from chassis.schemas.mail_addresses import canonical_address
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load


class Reached(Request):
    email = Email()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Asa@Jonkoping.example ", "Asa@Jonkoping.example"),
        ("asa+camps@xn--bcher-kva.example", "asa+camps@xn--bcher-kva.example"),
        ("yae\u0308l@b\u00fccher.example", "ya\u00ebl@b\u00fccher.example"),
        ("o'brien@a-b.example", "o'brien@a-b.example"),
    ],
)
def test_an_address_is_kept_as_it_was_given_without_white_space_at_its_ends(given: str, kept: str) -> None:
    assert load(Reached(), {"email": given}) == {"email": kept}


@pytest.mark.parametrize(
    "address",
    [
        "a..b@x.example", ".a@x.example", "a.@x.example", "a@-x.example", "a@x-.example", "a@x..example",
        "a@x.example.",
        "a@[192.168.0.1]", "a@192.168.0.1", "a@[IPv6:::1]", "a@localhost", "a@x.localhost", "@x.example", "a@", "a",
        "a@b@x.example", '"a b"@x.example', "Asa <asa@x.example>", "a@x.example\nBcc: b@x.example", "a@x_y.example",
        "a\u200b@x.example", "a@xn--a.example", "a@\u2460.example\u202e", "a" * 250 + "@x.example",
    ],
)  # fmt: skip
def test_mail_goes_to_a_mailbox_in_a_domain(address: str) -> None:
    with pytest.raises(InvalidFields, match="/email"):
        load(Reached(), {"email": address})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asa@jonkoping.example", "ASA@Jonkoping.EXAMPLE"),
        ("asa@b\u00fccher.example", "asa@xn--bcher-kva.example"),
        ("asa@B\u00dcCHER.example", "asa@XN--BCHER-KVA.example"),
        ("\u00c5sa@x.example", "a\u030asa@x.example"),
        ("STRA\u1e9eE@x.example", "stra\u00dfe@x.example"),
    ],
)
def test_spellings_of_one_address_have_one_canonical_form(one: str, other: str) -> None:
    assert canonical_address(one) == canonical_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asa@stra\u00dfe.example", "asa@strasse.example"),  # one and the same in IDNA 2003, two names in IDNA 2008
        ("stra\u00dfe@x.example", "strasse@x.example"),
        ("asa@x.example", "\u00e5sa@x.example"),
        ("a.sa@x.example", "asa@x.example"),
        ("asa+camps@x.example", "asa@x.example"),
    ],
)
def test_different_addresses_have_different_canonical_forms(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)
