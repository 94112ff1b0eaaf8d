import re
from email import message_from_bytes, message_from_string, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.notifications.internet_message import Unwritable, address_of, as_message
from tests.builders.notifications import CONTACT, a_letter, a_recipient

INSTITUTE = Address("the Institute", addr_spec="partnerships@institute.example")
ASA = Address(username="asa", domain="jonkoping.example")


def read(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=policy.default)


def test_a_mail_says_from_whom_to_whom_when_and_that_a_machine_sent_it() -> None:
    letter = a_letter(id="dlv_1", subject="Well done", body="Dear Åsa,\n\nwell done.\n")

    mail = read(as_message(letter, INSTITUTE, ASA, reply_to=CONTACT))

    assert dict(mail.items()) == {
        "From": "the Institute <partnerships@institute.example>",
        "To": "asa@jonkoping.example",
        "Reply-To": "Yaël Gill <yael@institute.example>",
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
    first = as_message(letter, INSTITUTE, ASA, reply_to=CONTACT)

    letter.begin_sending(at=letter.written_at)

    assert as_message(letter, INSTITUTE, ASA, reply_to=CONTACT) == first


def test_every_server_can_carry_a_mail_with_long_lines_and_foreign_letters() -> None:
    letter = a_letter(subject="Självklart " * 19 + "ja", body="Självklart " * 200)

    mail = as_message(letter, INSTITUTE, ASA, reply_to=CONTACT)

    assert mail.isascii()
    assert mail.count(b"\n") == mail.count(b"\r\n")
    headers, _, body = mail.partition(b"\r\n\r\n")
    assert max(len(line) for line in body.splitlines()) <= 76  # RFC 2045, section 6.7
    assert max(len(line) for line in headers.splitlines()) <= 76  # RFC 2047, section 2
    assert read(mail)["Subject"] == letter.subject


def test_an_address_outside_ascii_is_written_as_it_is() -> None:
    letter = a_letter(recipient=a_recipient(email="åsa@jonkoping.example"))

    mail = as_message(letter, INSTITUTE, address_of(letter), reply_to=CONTACT)

    assert "<åsa@jonkoping.example>\r\n".encode() in mail


@pytest.mark.parametrize(
    ("written", "on_the_wire"),
    [
        ("Asa.P+camp@Jonkoping.example", "Asa.P+camp@Jonkoping.example"),
        ("asa@jönköping.example", "asa@xn--jnkping-90ac.example"),
        ("åsa@jönköping.example", "åsa@xn--jnkping-90ac.example"),
        ("asa@straße.example", "asa@xn--strae-oqa.example"),
    ],
)
def test_a_domain_goes_out_in_ascii_and_what_stands_before_it_as_it_is(written: str, on_the_wire: str) -> None:
    assert address_of(a_letter(recipient=a_recipient(email=written))).addr_spec == on_the_wire


def test_a_letter_is_addressed_to_its_recipient_by_name() -> None:
    letter = a_letter(recipient=a_recipient(name="Åsa  Påhittad"))

    message = as_message(letter, INSTITUTE, address_of(letter), reply_to=CONTACT)

    assert str(read(message)["To"]) == "Åsa Påhittad <asa@jonkoping.example>"


HEADERS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
           "Content-Transfer-Encoding", "MIME-Version"]  # fmt: skip
FOLLOW_UP = (
    "By 10 December 2026: follow up with Region Jönköping County on "
    "“Central-line infections halved in all intensive care units”"
)
LOOKS_ENCODED = "=?utf-8?q?Well_done=0D=0ABcc:_all@example.org?="
ONE_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=300)
HEADER_LIKE = st.lists(
    st.sampled_from(
        ["Bcc:", " ", "=?", "?=", "utf-8", "?q?", "?B?", "=0D=0A", "x@y.example", ",", "<", ">", "é", "🎉", ";"]
    )
).map("".join)
WRITTEN = [
    FOLLOW_UP,
    *("Self-evidently " * 40 + "yes", "Infections" * 30, "Självklart" * 30, "🎉" * 100, "👩‍⚕️ " * 30),
    *(LOOKS_ENCODED, "Bcc: all@example.org", "é \u2028\x85\x0bBcc: x@y.example"),
    *(" spaces at  both ends ", "", " ", "\t"),
]


def every_example(test):
    for text in WRITTEN:
        test = example(text)(test)
    return given(ONE_LINE | HEADER_LIKE)(test)


def headers_of(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[0]


def shown(message: bytes, header: str) -> str:
    """Give what a mail program shows: the header unfolded as RFC 5322 and decoded as RFC 2047 says."""
    raw = message_from_bytes(message, policy=policy.compat32)[header]
    return str(make_header(decode_header(raw.replace("\r\n", ""))))


def assert_its_lines_are_short(message: bytes) -> None:
    assert max(len(line) for line in headers_of(message).split(b"\r\n")) <= 76
    assert max(map(len, re.findall(rb"=\?[!-~]*?\?[qbQB]\?[!-~]*?\?=", headers_of(message))), default=0) <= 75


def test_the_subject_of_a_long_letter_is_folded_into_short_lines_and_read_as_it_was_written() -> None:
    message = as_message(a_letter(subject=FOLLOW_UP), INSTITUTE, ASA, reply_to=CONTACT)

    assert_its_lines_are_short(message)
    assert shown(message, "Subject") == read(message)["Subject"] == FOLLOW_UP


@every_example
def test_every_subject_has_short_lines_and_is_read_as_it_was_written(subject: str) -> None:
    message = as_message(a_letter(subject=subject), INSTITUTE, ASA, reply_to=CONTACT)

    assert_its_lines_are_short(message)
    assert shown(message, "Subject") == subject
    assert read(message).keys() == HEADERS


@every_example
def test_every_name_has_short_lines_and_is_read_as_it_was_written(name: str) -> None:
    message = as_message(
        a_letter(),
        Address(name, addr_spec="partnerships@institute.example"),
        Address(name, addr_spec="asa@jonkoping.example"),
        reply_to=Address(name, addr_spec="yael@institute.example"),
    )

    assert_its_lines_are_short(message)
    assert read(message).keys() == HEADERS
    said = {
        "From": "partnerships@institute.example",
        "To": "asa@jonkoping.example",
        "Reply-To": "yael@institute.example",
    }
    for header, address in said.items():
        raw = message_from_bytes(message, policy=policy.compat32)[header].replace("\r\n", "")
        phrase, found = parseaddr(raw)
        assert (str(make_header(decode_header(phrase))), found) == (name, address)
        assert [each.addr_spec for each in read(message)[header].addresses] == [address]


def assert_it_has_the_headers_that_are_meant(message: bytes) -> None:
    """By the lines themselves, without any library: no mend of one is relied upon."""
    unfolded = headers_of(message).replace(b"\r\n ", b" ")
    assert [line.partition(b":")[0].decode() for line in unfolded.split(b"\r\n")] == HEADERS
    assert b"\r" not in unfolded.replace(b"\r\n", b"")
    assert b"\n" not in unfolded.replace(b"\r\n", b"")


@every_example
def test_text_of_people_cannot_end_a_header(text: str) -> None:
    name = Address(text, addr_spec="asa@jonkoping.example")

    assert_it_has_the_headers_that_are_meant(as_message(a_letter(subject=text), name, name, reply_to=name))


def test_what_looks_like_an_encoded_word_is_encoded_again() -> None:
    name = Address(LOOKS_ENCODED, addr_spec="asa@jonkoping.example")

    message = as_message(a_letter(subject=LOOKS_ENCODED), name, name, reply_to=name)

    # A program that decodes once shows the text as it was written; what would be a line break never stands there.
    assert b"=0D=0A" not in headers_of(message)
    assert shown(message, "Subject") == LOOKS_ENCODED


def test_a_long_address_stays_whole_on_a_line_of_its_own() -> None:
    long = Address("Åsa Påhittad", username="a" * 64, domain=f"{'b' * 60}.example")

    message = as_message(a_letter(), INSTITUTE, long, reply_to=CONTACT)

    assert f"\r\n <{long.addr_spec}>\r\n".encode() in message
    assert read(message)["To"].addresses == (long,)


def test_a_plain_subject_is_folded_between_its_words_without_being_encoded() -> None:
    message = as_message(a_letter(subject="Well done " * 20 + "all"), INSTITUTE, ASA, reply_to=CONTACT)

    assert b"Well done\r\n Well done" in message or b"Well\r\n done" in message
    assert b"Subject: =?" not in headers_of(message)
    assert_its_lines_are_short(message)


@pytest.mark.parametrize("subject", ["Well done\r\nBcc: all@example.org", "Well\ndone", "Well\rdone"])
def test_a_subject_with_a_line_break_makes_no_message(subject: str) -> None:
    with pytest.raises(Unwritable, match="line break"):
        as_message(a_letter(subject=subject), INSTITUTE, ASA, reply_to=CONTACT)


@pytest.mark.parametrize(
    "to",
    [
        Address(username="asa", domain="a.example, evil@b.example"),
        Address(username="asa", domain="a.example>, <evil@b.example"),
        Address(username="asa", domain="a.example (Åsa"),
    ],
)
def test_an_address_that_would_be_read_as_another_makes_no_message(to: Address) -> None:
    with pytest.raises(Unwritable, match="To would be"):
        as_message(a_letter(), INSTITUTE, to, reply_to=CONTACT)


def test_a_message_id_that_would_be_read_as_a_header_makes_no_message() -> None:
    letter = a_letter()
    letter.message_id = "<dlv_1@institute.example>\r\nBcc: all@example.org"

    with pytest.raises(Unwritable, match="headers From, To, Reply-To, Subject, Date, Message-ID, Bcc"):
        as_message(letter, INSTITUTE, ASA, reply_to=CONTACT)


@every_example
def test_a_body_adds_no_header(body: str) -> None:
    message = as_message(a_letter(body=f"{body}\nBcc: all@example.org\n\n{body}\n"), INSTITUTE, ASA, reply_to=CONTACT)

    assert read(message).keys() == HEADERS
    assert message_from_string(message.decode(), policy=policy.default).keys() == HEADERS
