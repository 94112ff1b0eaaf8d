"""What must not be in a log, and what must still be there."""

import time

import pytest

from chassis.observability.logs import redact

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl"
SEAL = "Ff3_q0Yk-mCkX8h1yM2n4vQz5sT6uW7bA9cD0eE1gHi"
LINK = f"inv_01k9b2c3d4e5f6g7h8j9k0m1n2.per_01k9b2c3d4e5f6g7h8j9k0m1n2.3q2-7wZ_k1mC.{SEAL}"


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ('{"error": "amqp://me:topsecret@broker:5672//"}', "topsecret"),
        ('{"error": "mongodb+srv://me:top%40secret@a.example/x"}', "top%40secret"),
        ('{"header": "Authorization: Bearer some-opaque-token"}', "some-opaque-token"),
        (f'{{"event": "refused {TOKEN}"}}', TOKEN),
        ('{"to": "asa.lindqvist+camp@partner.example"}', "asa.lindqvist"),
        (f'{{"error": "got https://partnerships.example/rsvp/{LINK}"}}', SEAL),
        (f"traceback: KeyError: {{'token': '{LINK}'}}", SEAL),
        (f"traceback: cut off in {LINK[:-2]}\n", SEAL[:8]),
        ('{"error": "amqp://me:top/se@cret://of:all@broker:5672//"}', "all"),
        ('{"error": "http://a.example/b://me:topsecret@c.example"}', "topsecret"),
        (f'{{"event": "cut off in {TOKEN[:30]}"}}', TOKEN[:30]),
        ("traceback: SMTPRecipientsRefused({'asa@partner.example': (550, b'no')})", "asa@"),
    ],
)
def test_secrets_are_not_in_the_line(said: str, secret: str) -> None:
    assert secret not in redact(said)


@pytest.mark.parametrize(
    "said",
    [
        '{"where": "http://127.0.0.1:8000/v1/partners", "subject": "prt_1"}',
        '{"event": "started", "process": "host:12:prc_01k"}',
        '{"error": "inv_01k9b2c3d4e5f6g7h8j9k0m1n2. It has been answered since: rpc_server.py, line 7"}',
        '{"where": "amqp://127.0.0.1:5672", "at": "2026-06-01T09:00:00.000Z"}',
    ],
)
def test_what_is_no_secret_stays(said: str) -> None:
    assert redact(said) == said


def test_where_it_went_can_still_be_seen() -> None:
    assert redact("amqp://me:topsecret@broker:5672/ and asa@partner.example") == (
        "amqp://me:***@broker:5672/ and ***@partner.example"
    )


HOSTILE = ["a", "a.", "a@", "://a:", "://a:b@", "eyJ", "-eyJa", "eyJaaaaaaaa.", "Bearer ", "bearer\t", "_" * 27, "% "]
"""What makes a pattern try again from each place, or in many ways at one."""


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("end", ["", "@", " ", '"'])
def test_cleaning_what_is_hostile_takes_time_in_proportion_to_its_length(piece: str, end: str) -> None:
    hostile = piece * (100_000 // len(piece)) + end
    started = time.process_time()

    redact(hostile)

    assert time.process_time() - started < 0.25  # quadratic patterns take seconds to hours
