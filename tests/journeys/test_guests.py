"""A guest of another industry: asked by letter, they answer by their link, and come as a delegate with a diary."""

import re
from typing import Any

from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_answer_by_link import browse
from tests.waiting import eventually


def mail_to(platform: PlatformDriver, address: str, subject: str) -> Any:
    found = [mail for mail in platform.mails_to(address) if subject in str(mail["Subject"])]
    return found[-1] if found else None


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def test_a_guest_answers_by_the_link_in_their_letter_and_is_expected(platform: PlatformDriver) -> None:
    camp = platform.open(platform.announced_camp(capacity=40))
    kim = {"kind": "guest", "name": "Kim", "email": f"kim.{camp['id'].replace('_', '-')}@airline.example"}
    asked = {"camp_id": camp["id"], "reason": "What flying has learned", **kim}

    guest = platform.api.post("/v1/guests", asked).body
    letter = eventually(lambda: mail_to(platform, kim["email"], "You are invited"))
    (link,) = re.findall(r"http\S+/rsvp/\S+", text_of(letter))
    page = browse(link)
    answered = browse(link, {"nonce": page.nonce, "answer": "accepted"})

    assert "You are invited, and a seat is kept for you." in page.says
    assert "You will attend" in answered.says
    assert platform.api.get(f"/v1/guests/{guest['id']}")["state"] == "accepted"
    expected = eventually(lambda: mail_to(platform, kim["email"], "You are expected"))
    assert "text/calendar" in [part.get_content_type() for part in expected.walk()]
