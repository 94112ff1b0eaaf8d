"""The link in a letter: made for whom the letter goes to and where, as it goes; nothing that is kept has it."""

from chassis.domain.capabilities import Capability
from services.notifications.model.letter import Answer, Outcome
from services.notifications.model.letter_trigger import Category
from services.notifications.model.reply_link import with_link, without_link
from tests.builders.notifications import KEYS, a_letter, a_trigger

INVITED = a_trigger(category=Category.INVITATION, about_id="inv_1")
ITS_TOKEN = KEYS.token(Capability(thing_id="inv_1", holder_id="per_leader", address_digest="3q2-7w"))


def test_a_letter_gets_the_link_of_its_recipient_at_the_address_it_goes_to() -> None:
    letter = a_letter(id="dlv_9", trigger=INVITED, body="Answer here:\n\nhttps://a.example/rsvp/dlv_9\n\nYours\n")

    sent = with_link(letter, KEYS, address_digest="3q2-7w")

    assert sent.body == f"Answer here:\n\nhttps://a.example/rsvp/{ITS_TOKEN}\n\nYours\n"
    assert (sent.id, sent.to, sent.subject, sent.message_id) == (
        letter.id,
        letter.to,
        letter.subject,
        letter.message_id,
    )
    assert ITS_TOKEN not in letter.body


def test_what_a_mail_server_quotes_of_a_letter_is_kept_without_its_link() -> None:
    letter = a_letter(id="dlv_9", trigger=INVITED)
    said = Answer(outcome=Outcome.REFUSED, detail=f"550 spam: https://a.example/rsvp/{ITS_TOKEN} is listed, x.example")

    kept = without_link(said, letter)

    assert kept.detail == "550 spam: https://a.example/rsvp/dlv_9 is listed, x.example"
    assert kept.outcome is Outcome.REFUSED
