from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from services.notifications.mailer import address_of, as_mail
from tests.builders.notifications import a_letter, a_recipient

INSTITUTE = Address("the Institute", addr_spec="partnerships@institute.example")
ASA = Address(username="asa", domain="jonkoping.example")


def read(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=policy.default)


def test_a_mail_says_from_whom_to_whom_when_and_that_a_machine_sent_it() -> None:
    letter = a_letter(id="dlv_1", subject="Well done", body="Dear Åsa,\n\nwell done.\n")

    mail = read(as_mail(letter, INSTITUTE, ASA))

    assert dict(mail.items()) == {
        "From": "the Institute <partnerships@institute.example>",
        "To": "asa@jonkoping.example",
        "Subject": "Well done",
        "Date": "Mon, 01 Jun 2026 09:00:00 +0000",
        "Message-ID": "<dlv_1@institute.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert mail.get_content().splitlines() == ["Dear Åsa,", "", "well done."]


def test_a_mail_is_the_same_to_the_byte_at_every_attempt() -> None:
    letter = a_letter()
    first = as_mail(letter, INSTITUTE, ASA)

    letter.begin_sending(at=letter.written_at)

    assert as_mail(letter, INSTITUTE, ASA) == first


def test_every_server_can_carry_a_mail_with_long_lines_and_foreign_letters() -> None:
    letter = a_letter(subject="Självklart " * 19 + "ja", body="Självklart " * 200)

    mail = as_mail(letter, INSTITUTE, ASA)

    assert mail.isascii()
    assert mail.count(b"\n") == mail.count(b"\r\n")
    headers, _, body = mail.partition(b"\r\n\r\n")
    assert max(len(line) for line in body.splitlines()) <= 76  # RFC 2045, section 6.7
    assert max(len(line) for line in headers.splitlines()) <= 998  # RFC 5322, section 2.1.1
    assert read(mail)["Subject"] == letter.subject


def test_an_address_outside_ascii_is_written_as_it_is() -> None:
    letter = a_letter(recipient=a_recipient(email="åsa@jonkoping.example"))

    mail = as_mail(letter, INSTITUTE, address_of(letter))

    assert "To: åsa@jonkoping.example\r\n".encode() in mail


@pytest.mark.parametrize(
    ("written", "on_the_wire"),
    [
        ("Asa.P+camp@Jonkoping.example", "Asa.P+camp@Jonkoping.example"),
        ("asa@jönköping.example", "asa@xn--jnkping-90ac.example"),
        ("åsa@jönköping.example", "åsa@xn--jnkping-90ac.example"),
    ],
)
def test_a_domain_goes_out_in_ascii_and_what_stands_before_it_as_it_is(written: str, on_the_wire: str) -> None:
    assert address_of(a_letter(recipient=a_recipient(email=written))).addr_spec == on_the_wire
