"""What the mail server says or fails to say, and what is made of it."""

import socket
from email import message_from_bytes, policy

import nameko
import pytest

from cli.connection.settings import settings
from services.notifications.mail_server import MailServer
from services.notifications.mailer import HandOverLimits, Mailer
from services.notifications.model.letter import Answer, Letter, Outcome
from services.notifications.service import MailerProvider
from tests.builders.notifications import CONTACT, KEYS, SENDER, a_letter, a_recipient
from tests.integration.notifications.scripted_server import CONTENT, HANG_UP, SAY_NOTHING, a_mail_server


def send(
    uri: str, letter: Letter | None = None, *, timeout_seconds: float = 5, limits: HandOverLimits | None = None
) -> Answer:
    server = MailServer(uri=uri, needs_tls=False, ca_bundle="", timeout_seconds=timeout_seconds)
    same = HandOverLimits(data=timeout_seconds, block=timeout_seconds, final=timeout_seconds)
    mailer = Mailer(server=server, keys=KEYS, sender=SENDER, reply_to=CONTACT, limits=limits or same)
    answer = mailer.send(letter or a_letter())
    assert answer
    return answer


def test_a_letter_that_the_server_takes_is_accepted_in_its_own_words() -> None:
    with a_mail_server(**{CONTENT: "250 2.0.0 queued as 4711"}) as server:
        answer = send(server.uri)

    assert answer == Answer(outcome=Outcome.ACCEPTED, detail="250 2.0.0 queued as 4711")


@pytest.mark.parametrize(
    ("verb", "says", "outcome"),
    [
        ("RCPT", "550 no such mailbox", Outcome.REFUSED),
        ("RCPT", "451 greylisted", Outcome.POSTPONED),
        ("DATA", "554 no", Outcome.REFUSED),
        ("DATA", "451 not now", Outcome.POSTPONED),
        (CONTENT, "554 spam", Outcome.REFUSED),
        (CONTENT, "452 disk full", Outcome.POSTPONED),
    ],
)
def test_the_first_digit_says_whether_it_is_not_now_or_never(verb: str, says: str, outcome: Outcome) -> None:
    with a_mail_server(**{verb: says}) as server:
        assert send(server.uri) == Answer(outcome=outcome, detail=says)


@pytest.mark.parametrize(("verb", "says"), [("MAIL", "530 authenticate first"), ("MAIL", "550 we do not know you")])
def test_a_server_that_does_not_want_us_says_nothing_against_the_letter(verb: str, says: str) -> None:
    with a_mail_server(**{verb: says}) as server:
        assert send(server.uri) == Answer(outcome=Outcome.POSTPONED, detail=says)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("silence", [HANG_UP, SAY_NOTHING])
def test_silence_before_the_letter_was_handed_over_leaves_it_with_us(verb: str, silence: str) -> None:
    with a_mail_server(**{verb: silence}) as server:
        answer = send(server.uri, timeout_seconds=0.2)

    assert answer.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("silence", [HANG_UP, SAY_NOTHING, "nonsense", "354 go on"])
def test_without_an_answer_after_it_was_handed_over_nobody_knows(silence: str) -> None:
    with a_mail_server(**{CONTENT: silence}) as server:
        answer = send(server.uri, timeout_seconds=0.2)

    assert answer.outcome is Outcome.UNANSWERED


@pytest.mark.parametrize("goodbye", [HANG_UP, SAY_NOTHING, "500 what?"])
def test_a_bad_goodbye_does_not_undo_what_was_accepted(goodbye: str) -> None:
    with a_mail_server(QUIT=goodbye) as server:
        assert send(server.uri, timeout_seconds=0.2).outcome is Outcome.ACCEPTED


@pytest.mark.timeout(10)
def test_the_answer_is_there_before_the_goodbye_is_answered() -> None:
    with a_mail_server(QUIT=SAY_NOTHING) as server:
        assert send(server.uri, timeout_seconds=60).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("greeting", ["421 too busy", "554 no service here"])
def test_a_server_that_does_not_serve_is_as_good_as_away(greeting: str) -> None:
    with a_mail_server(CONNECT=greeting) as server:
        assert send(server.uri) == Answer(outcome=Outcome.UNREACHABLE, detail=greeting)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]

    answer = send(f"smtp://127.0.0.1:{port}")

    assert answer.outcome is Outcome.UNREACHABLE
    assert "refused" in answer.detail


def test_a_server_without_tls_is_not_spoken_to_by_smtps() -> None:
    with a_mail_server() as server:
        answer = send(server.uri.replace("smtp", "smtps", 1), timeout_seconds=0.5)

    assert answer.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("uri", ["smtp://127.0.0.1:99999", "smtp://127.0.0.1:x", "smtp://[::1", "smtp://a..b:25"])
def test_an_address_that_cannot_be_opened_is_unreachable_for_nothing_was_handed_over(uri: str) -> None:
    assert send(uri).outcome is Outcome.UNREACHABLE


def test_the_answer_to_a_letter_may_take_longer_than_that_to_a_command() -> None:
    with a_mail_server(**{CONTENT: "250 taken after a while"}, delay_seconds=0.5) as server:
        answer = send(server.uri, timeout_seconds=0.2, limits=HandOverLimits(data=0.2, block=0.2, final=5))

    assert answer == Answer(outcome=Outcome.ACCEPTED, detail="250 taken after a while")


def test_a_letter_is_sent_as_the_settings_say() -> None:
    waiting = {f"SMTP_{stage}_SECONDS": 0.2 for stage in ("COMMAND", "DATA", "BLOCK")} | {"SMTP_FINAL_SECONDS": 5}
    set_ = {"MAIL_FROM_NAME": "Strategic Partnerships, Institute of Example", **waiting}

    with a_mail_server(**{CONTENT: "250 taken after a while"}, delay_seconds=0.5) as server:
        with nameko.config.patch(settings() | set_ | {"SMTP_URI": server.uri}):
            provider = MailerProvider()
            provider.keys = KEYS
            provider.setup()
        answer = provider.mailer.send(a_letter())

    assert answer == Answer(outcome=Outcome.ACCEPTED, detail="250 taken after a while")
    letter = message_from_bytes(b"".join(server.lines[server.lines.index(b"DATA\r\n") + 1 :]), policy=policy.default)
    assert [each.display_name for each in letter["From"].addresses] == [set_["MAIL_FROM_NAME"]]


def test_a_letter_that_is_no_longer_to_be_sent_when_the_server_wants_it_is_not_handed_over() -> None:
    with a_mail_server() as server:
        where = MailServer(uri=server.uri, needs_tls=False, ca_bundle="", timeout_seconds=5)
        answer = Mailer(server=where, keys=KEYS, sender=SENDER, reply_to=CONTACT).send(a_letter(), begin=lambda: False)

    assert answer is None
    assert b"DATA\r\n" not in server.lines


def test_a_password_is_never_sent_unencrypted() -> None:
    with a_mail_server(EHLO="250 AUTH PLAIN LOGIN") as server:
        answer = send(server.uri.replace("//", "//anna:geheim@"))

    assert answer.outcome is Outcome.UNREACHABLE
    assert "STARTTLS" in answer.detail
    assert not [line for line in server.lines if line.startswith(b"AUTH")]


@pytest.mark.parametrize("address", ["åsa@jonkoping.example", f"asa@{'å' * 70}.example"])
def test_an_address_that_cannot_be_written_to_is_refused(address: str) -> None:
    with a_mail_server() as server:
        answer = send(server.uri, a_letter(recipient=a_recipient(email=address)))

    assert answer.outcome is Outcome.REFUSED
    assert address in answer.detail


def test_a_line_that_is_only_a_dot_does_not_end_a_letter() -> None:
    letter = a_letter(body="Dear Åsa,\n.\n.hidden\nwell done.\n")

    with a_mail_server() as server:
        send(server.uri, letter)

    end = server.lines.index(b".\r\n")
    assert server.lines[end - 4 : end] == [b"Dear =C3=85sa,\r\n", b"..\r\n", b"..hidden\r\n", b"well done.\r\n"]
