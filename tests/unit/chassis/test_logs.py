"""What must not be in a log, and what must still be there."""

import pytest

from chassis.logs import without_secrets

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ('{"error": "amqp://me:topsecret@broker:5672//"}', "topsecret"),
        ('{"error": "mongodb+srv://me:top%40secret@a.example/x"}', "top%40secret"),
        ('{"header": "Authorization: Bearer some-opaque-token"}', "some-opaque-token"),
        (f'{{"event": "refused {TOKEN}"}}', TOKEN),
        ('{"to": "asa.lindqvist+camp@partner.example"}', "asa.lindqvist"),
        ("traceback: SMTPRecipientsRefused({'asa@partner.example': (550, b'no')})", "asa@"),
    ],
)
def test_secrets_are_not_in_the_line(said: str, secret: str) -> None:
    assert secret not in without_secrets(said)


@pytest.mark.parametrize(
    "said",
    [
        '{"where": "http://127.0.0.1:8000/v1/partners", "subject": "prt_1"}',
        '{"event": "started", "process": "host:12:prc_01k"}',
        '{"where": "amqp://127.0.0.1:5672", "at": "2026-06-01T09:00:00.000Z"}',
    ],
)
def test_what_is_no_secret_stays(said: str) -> None:
    assert without_secrets(said) == said


def test_where_it_went_can_still_be_seen() -> None:
    assert without_secrets("amqp://me:topsecret@broker:5672/ and asa@partner.example") == (
        "amqp://me:***@broker:5672/ and ***@partner.example"
    )
