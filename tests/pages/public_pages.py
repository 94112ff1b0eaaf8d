"""Every page that somebody reaches by a link, in each state in which it looks different. A new page is a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.pages.guests import Guest, Guests, passed_on
from tests.pages.inquirers import link_to_inquiry

LANGUAGES = {"en": "ltr", "sv": "ltr", "da": "ltr", "pt": "ltr", "ar": "rtl"}
"""By their tags, in which direction they are written."""
CLOSED = "A cyclone has closed two hospitals"


@dataclass(frozen=True, kw_only=True)
class PublicPage:
    """A page that somebody comes to, and a sentence that only this state of it has in English."""

    name: str
    play: Callable[[Guests], str]
    """Plays what has led there, and gives the link."""
    says: str
    status: int = 200


def in_language(link: str, tag: str) -> str:
    """Give the link to the same page in another language."""
    return f"{link}{'&' if '?' in link else '?'}{urlencode({'lang': tag})}"


def _asked(guests: Guests) -> str:
    return guests.invited().link


def _asked_online(guests: Guests) -> str:
    return guests.invited_online().link


def _asked_while_resting(guests: Guests) -> str:
    guest = guests.invited()
    guest.rest(reason=CLOSED)
    return guest.link


def _offered_fewer(guests: Guests) -> str:
    guest = guests.waiting()
    guest.change("offered_fewer", seats=2)
    return guest.link


def _may_attend(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="tentative")
    return guest.link


def _will_attend(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=3)
    return guest.link


def _answers_are_over(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=3)
    guest.find_late("answer_until", "accepted")
    return guest.link


def _declined_and_may_undo(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="declined")
    return guest.link


def _declined_for_good(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="declined")
    guest.find_late("grace.until", "declined")
    return guest.link


def _expired(guests: Guests) -> str:
    guest = guests.invited()
    guest.find_late("answer_until", "expired")
    return guest.link


def _waits(guests: Guests) -> str:
    return guests.waiting().link


def _waits_while_resting(guests: Guests) -> str:
    guest = guests.waiting()
    guest.rest(reason=CLOSED)
    return guest.link


def _left_the_waitlist(guests: Guests) -> str:
    guest = guests.waiting()
    guest.answer(answer="left")
    return guest.link


def _withdrawn(guests: Guests) -> str:
    guest = guests.invited()
    guest.change("withdrawn", reason="The camp is smaller than was planned")
    return guest.link


def _cancelled(guests: Guests) -> str:
    return guests.invited_to_what_is_cancelled(reason="A storm has closed the airport").link


def _nobody_to_name(guests: Guests) -> str:
    return f"{guests.invited().link}/delegates"


def _two_of_three_are_named(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=3)
    guest.name("Åsa Lindqvist")
    guest.name("Ömer Al-Hashemi", confirmed=True)
    return f"{guest.link}/delegates"


def _all_are_named(guests: Guests) -> str:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=1)
    guest.name("Wolfeschlegelsteinhausenbergerdorff-Montgomery")
    return f"{guest.link}/delegates"


def _who_comes_is_settled(guests: Guests) -> str:
    guest = guests.invited_alone()
    guest.answer(answer="accepted", seats=2)
    guest.name("Åsa Lindqvist", confirmed=True)
    guest.find_settled()
    return f"{guest.link}/delegates"


def _programme(guests: Guests) -> str:
    guest = guests.invited_alone()
    guest.answer(answer="accepted", seats=2)
    presenter = guest.name("Åsa Lindqvist", confirmed=True)
    titles = ("What pilots say before they start", "Hälsa i samverkan", "Donaudampfschifffahrtsgesellschaftskapitän")
    guest.release(guest.present("How we halved infections", presenter["id"]), *(guest.present(each) for each in titles))
    return guest.link_to_programme(presenter)


def _empty_programme(guests: Guests) -> str:
    guest = guests.invited_alone()
    guest.answer(answer="accepted", seats=2)
    coming = guest.name("Åsa Lindqvist", confirmed=True)
    guest.release()
    return guest.link_to_programme(coming)


def _guest_asked(guests: Guests) -> str:
    return guests.invited_by_name()


def _guest_waits(guests: Guests) -> str:
    return guests.waiting_by_name()


def _harvest(guests: Guests) -> str:
    guest, there = _at_a_camp(guests)
    origin = guest.share("A checklist that is read out", visibility="partners")
    story = "We began on one ward, with the night shift.\nNobody was left out."
    guest.share("Vi läser högt på natten, också", visibility="public", story=story, based_on_id=origin["id"])
    guest.promise("A huddle at each change of shift", outcome="adapted")
    guest.promise("Donaudampfschifffahrtsgesellschaftskapitänsbesprechung")
    guest.learn(organisation="An airline", industry="aviation", lesson="Call out what you see, and hear it said back",
                hypothesis="Doses are read back at night", topics=["communication"])  # fmt: skip
    guest.close()
    return guest.link_to_harvest(there)


def _harvest_of_everybody(guests: Guests) -> str:
    return passed_on(_harvest(guests))


def _harvest_gathered_on(guests: Guests) -> str:
    guest, there = _at_a_camp(guests)
    guest.promise("A huddle at each change of shift")
    guest.close()
    link = guest.link_to_harvest(there)
    guest.reopen()
    return link


def _at_a_camp(guests: Guests) -> tuple[Guest, Any]:
    """Give a partner at whose camp somebody was, and whom."""
    guest = guests.invited_alone()
    guest.answer(answer="accepted", seats=2)
    there = guest.name("Åsa Lindqvist", confirmed=True)
    guest.attend(there)
    return guest, there


def _inquiry_form(guests: Guests) -> str:
    return f"{guests.platform.api.gateway}/inquiry"


def _inquiry_sent(guests: Guests) -> str:
    return f"{guests.platform.api.gateway}/inquiry-received"


def _inquired(guests: Guests) -> str:
    return link_to_inquiry(guests.platform)


def _asked_more(guests: Guests) -> str:
    question = "How many hospitals are there?\nAnd who leads them?"
    return link_to_inquiry(guests.platform, {"to": "screening"}, {"to": "more_information", "question": question})


def _inquiry_withdrawn(guests: Guests) -> str:
    return link_to_inquiry(guests.platform, {"to": "withdrawn", "reason": "They told us by telephone"})


def _not_now(guests: Guests) -> str:
    guest = guests.invited()
    link = guest.link
    guest.forget_the_leader()
    return link


def _ended(guests: Guests) -> str:
    guest = guests.invited()
    link = guest.link
    guest.move()
    return link


def _nowhere(guests: Guests) -> str:
    return f"{guests.invited().link[:-4]}AAAA"


def _damaged(guests: Guests) -> str:
    return f"{guests.invited().link}%"


ANSWERING = (
    PublicPage(name="asked", play=_asked, says="4 seats are kept for you"),
    PublicPage(name="asked to come online", play=_asked_online, says="Online, 15 June"),
    PublicPage(name="asked while the partnership rests", play=_asked_while_resting, says="The partnership rests"),
    PublicPage(name="offered fewer seats", play=_offered_fewer, says="You waited for 4 seats"),
    PublicPage(name="may attend", play=_may_attend, says="may attend: that is the answer"),
    PublicPage(name="will attend", play=_will_attend, says="will attend, with 3 people"),
    PublicPage(name="answers are over", play=_answers_are_over, says="This invitation cannot be answered now"),
    PublicPage(name="declined, and may undo it", play=_declined_and_may_undo, says="You can undo this answer until"),
    PublicPage(name="declined for good", play=_declined_for_good, says="cannot attend: that is the answer"),
    PublicPage(name="expired", play=_expired, says="There was no answer from"),
    PublicPage(name="waits", play=_waits, says="is waiting for 4 seats, at place"),
    PublicPage(name="waits while the partnership rests", play=_waits_while_resting, says="you keep this place"),
    PublicPage(name="left the waitlist", play=_left_the_waitlist, says="is not on the waitlist any more"),
    PublicPage(name="withdrawn", play=_withdrawn, says="has been withdrawn"),
    PublicPage(name="the camp is cancelled", play=_cancelled, says="has been cancelled"),
)
WHO_COMES = (
    PublicPage(name="nobody to name yet", play=_nobody_to_name, says="there is nobody to name yet"),
    PublicPage(name="two of three are named", play=_two_of_three_are_named, says="One of them has no name yet"),
    PublicPage(name="all are named", play=_all_are_named, says="All of them have a name"),
    PublicPage(name="who comes is settled", play=_who_comes_is_settled, says="Who comes is settled now"),
)
PROGRAMME = PublicPage(name="programme", play=_programme, says="You present this")
PROGRAMMES = (
    PROGRAMME,
    PublicPage(name="empty programme", play=_empty_programme, says="There is nothing in this programme yet"),
)
BY_NAME = (
    PublicPage(name="guest asked", play=_guest_asked, says="You are invited, and a seat is kept for you"),
    PublicPage(name="guest waits", play=_guest_waits, says="One who waited before you waits no longer"),
)
HARVEST = PublicPage(name="harvest", play=_harvest, says="Reported back until now: 1 of 2")
HARVESTS = (
    HARVEST,
    PublicPage(name="harvest for everybody", play=_harvest_of_everybody, says="shared with everybody"),
    PublicPage(name="harvest that is gathered on", play=_harvest_gathered_on, says="still being gathered"),
)
INQUIRIES = (
    PublicPage(name="inquiry form", play=_inquiry_form, says="Tell us who you are and what you want to achieve"),
    PublicPage(name="inquiry that was sent", play=_inquiry_sent, says="A letter is on its way"),
    PublicPage(name="inquiry", play=_inquired, says="Nobody has looked at it yet"),
    PublicPage(name="inquiry with a question", play=_asked_more, says="What we asked you"),
    PublicPage(name="inquiry that was withdrawn", play=_inquiry_withdrawn, says="we do nothing more about it"),
)
REFUSALS = (
    PublicPage(name="not now", play=_not_now, says="try the same link again in a minute", status=503),
    PublicPage(name="ended link", play=_ended, says="This link has ended", status=410),
    PublicPage(name="link that leads nowhere", play=_nowhere, says="This link leads nowhere", status=404),
    PublicPage(name="damaged link", play=_damaged, says="That was not understood", status=400),
)
PUBLIC_PAGES = (*ANSWERING, *BY_NAME, *WHO_COMES, *PROGRAMMES, *HARVESTS, *INQUIRIES, *REFUSALS)
