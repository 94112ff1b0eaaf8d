import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.causation import Cause
from chassis.messaging.envelope import Envelope, MalformedEnvelope

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)


def an_envelope(**changes: object) -> Envelope:
    attributes = {
        "id": "evt_1",
        "source": "/services/things",
        "type": "things.thing.happened",
        "subject": "thg_1",
        "time": "2026-06-01T09:00:00.000Z",
        "sequence": 7,
        "correlationid": "req_1",
    }
    return Envelope(**{**attributes, **changes})  # type: ignore[arg-type]


def test_attributes_travel_as_cloudevents_headers_and_nothing_else_does() -> None:
    headers = an_envelope(causationid="evt_0").to_headers()

    # The names are those of the CloudEvents AMQP binding, 1.0.
    assert headers == {
        "cloudEvents_specversion": "1.0",
        "cloudEvents_id": "evt_1",
        "cloudEvents_source": "/services/things",
        "cloudEvents_type": "things.thing.happened",
        "cloudEvents_subject": "thg_1",
        "cloudEvents_time": "2026-06-01T09:00:00.000Z",
        "cloudEvents_sequence": "0000000007",
        "cloudEvents_correlationid": "req_1",
        "cloudEvents_causationid": "evt_0",
    }


@given(id=WORDS, subject=WORDS, sequence=st.integers(0, 10**9), extension=WORDS)
def test_what_is_written_is_read_again(id: str, subject: str, sequence: int, extension: str) -> None:
    written = an_envelope(id=id, subject=subject, sequence=sequence, extensions={"ownerid": extension})

    assert Envelope.from_headers(written.to_headers()) == written


def test_headers_of_others_are_not_taken_over() -> None:
    headers = {**an_envelope().to_headers(), "x-death": [{"count": 3}], "nameko.call_id_stack": ["a"]}

    assert Envelope.from_headers(headers) == an_envelope()


@pytest.mark.parametrize("attribute", ["id", "source", "type", "subject", "time", "sequence", "correlationid"])
def test_a_missing_attribute_is_named(attribute: str) -> None:
    headers = an_envelope().to_headers()
    del headers[f"cloudEvents_{attribute}"]

    with pytest.raises(MalformedEnvelope, match=f"cloudEvents_{attribute} is missing"):
        Envelope.from_headers(headers)


def test_a_message_without_headers_is_no_event() -> None:
    with pytest.raises(MalformedEnvelope, match="cloudEvents_id is missing"):
        Envelope.from_headers(None)


def test_a_sequence_that_is_no_number_is_shown() -> None:
    headers = an_envelope().to_headers() | {"cloudEvents_sequence": "seven"}

    with pytest.raises(MalformedEnvelope, match="'seven': 1 to 18 digits expected"):
        Envelope.from_headers(headers)


@pytest.mark.parametrize("attribute", ["id", "type", "correlationid"])
def test_an_attribute_that_fits_in_no_property_of_a_message_is_refused(attribute: str) -> None:
    headers = an_envelope(**{attribute: "a." + 254 * "b"}).to_headers()

    with pytest.raises(MalformedEnvelope, match=f"cloudEvents_{attribute} has 256 bytes: at most 255"):
        Envelope.from_headers(headers)


def test_the_key_is_the_type_without_its_service() -> None:
    event = an_envelope(type="things.thing.happened")

    assert (event.service, event.key) == ("things", "thing.happened")


def test_a_consequence_names_the_event_as_its_cause_and_keeps_the_request() -> None:
    event = an_envelope(id="evt_9", correlationid="req_5", actor="anna", traceparent="00-a-b-01")

    assert event.consequence() == Cause(
        correlation_id="req_5", causation_id="evt_9", actor="anna", traceparent="00-a-b-01"
    )


def test_what_is_entered_as_history_says_so_and_so_does_what_it_causes() -> None:
    event = an_envelope(history=True)

    # CloudEvents 1.0: names of attributes are lower-case letters, and a Boolean is the text true or false.
    assert event.to_headers()["cloudEvents_history"] == "true"
    assert Envelope.from_headers(event.to_headers()) == event
    assert event.consequence(reaction="things.do").entered_as_history


@pytest.mark.parametrize("headers", [{}, {"cloudEvents_history": "false"}, {"cloudEvents_history": "1"}], ids=str)
def test_what_does_not_say_that_it_is_history_is_none(headers: dict[str, str]) -> None:
    event = Envelope.from_headers(an_envelope().to_headers() | headers)

    assert "cloudEvents_history" not in event.to_headers()
    assert not event.consequence().entered_as_history
