"""The link in a letter: whom it was sent to answers for the partner, mail scanners change nothing, and once is once."""

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

SCANS = 10


@dataclass(frozen=True)
class Page:
    """What a browser gets, after it has followed where it is led."""

    status: int
    text: str
    headers: Any

    @property
    def nonce(self) -> str:
        return re.findall(r'name="nonce" value="([^"]+)"', self.text)[0]

    @property
    def says(self) -> str:
        """Its text as people see it."""
        return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", self.text, flags=re.DOTALL).split())


def browse(link: str, form: dict[str, str] | None = None, *, method: str | None = None) -> Page:
    body = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(link, data=body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Page(answer.status, answer.read().decode(), answer.headers)
    except urllib.error.HTTPError as error:
        return Page(error.code, error.read().decode(), error.headers)


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    return platform.invited_partner()


@pytest.fixture
def link(platform: PlatformDriver, partner: Any) -> str:
    """The link that stands in the letter as it arrived."""
    found = link_sent_to(platform, leader_of(platform, partner)["email"])
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    return found


def leader_of(platform: PlatformDriver, partner: Any) -> Any:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    return leader


def link_sent_to(platform: PlatformDriver, email: str) -> str:
    """The link in the letter that invites, as it arrived at an address."""

    def in_the_letter() -> list[str]:
        letters = [mail for mail in platform.mails_to(email) if "You are invited" in str(mail["Subject"])]
        return [
            link
            for mail in letters
            for link in re.findall(r"http\S+/rsvp/\S+", mail.get_body(("plain",)).get_content())
        ]

    found: str = eventually(in_the_letter)[0]
    return found


def answered(platform: PlatformDriver, partner: Any, type: str) -> list[Any]:
    (invitation,) = platform.invitations(partner["id"])
    return platform.rows("outbox", subject=invitation["id"], type=f"camps.invitation.{type}")


def test_the_link_in_a_letter_shows_the_invitation_and_takes_the_answer(
    platform: PlatformDriver, partner: Any, link: str
) -> None:
    shown = browse(link)
    assert (shown.status, "4 seats are kept for you" in shown.says) == (200, True)

    after = browse(link, {"nonce": shown.nonce, "answer": "accepted", "seats": "3"})

    assert (after.status, "will attend, with 3 people" in after.says) == (200, True)
    (invitation,) = platform.invitations(partner["id"])
    assert (invitation["state"], invitation["seats"]) == ("accepted", 3)
    leader = leader_of(platform, partner)
    assert (invitation["answer"]["by"], invitation["answer"]["via"]) == (leader["id"], "rsvp")
    assert answered(platform, partner, "accepted")[0]["data"]["via"] == "rsvp"


def test_whoever_chose_a_language_goes_on_in_it(platform: PlatformDriver, partner: Any, link: str) -> None:
    swedish = f"{link}?lang=sv"

    after = browse(swedish, {"nonce": browse(swedish).nonce, "answer": "tentative"})

    assert (after.headers["Content-Language"], "deltar kanske: det är svaret" in after.says) == ("sv", True)


def test_a_scanner_that_opens_the_link_ten_times_changes_nothing(
    platform: PlatformDriver, partner: Any, link: str
) -> None:
    before = platform.invitations(partner["id"])

    with ThreadPoolExecutor(SCANS) as scanners:
        methods = ("GET", "HEAD") * (SCANS // 2)
        pages = list(scanners.map(lambda method: browse(link, method=method), methods))

    assert {page.status for page in pages} == {200}
    assert platform.invitations(partner["id"]) == before


def test_a_form_sent_twice_acts_once_and_a_stale_one_not_at_all(
    platform: PlatformDriver, partner: Any, link: str
) -> None:
    form = {"nonce": browse(link).nonce, "answer": "declined"}

    with ThreadPoolExecutor(2) as clicks:
        twice = list(clicks.map(lambda _: browse(link, form), range(2)))
    stale = browse(link, form | {"answer": "accepted"})

    assert [page.status for page in twice] == [200, 200]
    assert len(answered(platform, partner, "declined")) == 1
    assert (stale.status, "something had changed in the meantime" in stale.says) == (409, True)
    assert answered(platform, partner, "accepted") == []


def test_a_no_is_taken_back_on_the_same_page(platform: PlatformDriver, partner: Any, link: str) -> None:
    declined = browse(link, {"nonce": browse(link).nonce, "answer": "declined"})
    assert "You can undo this answer until" in declined.says

    undone = browse(link, {"nonce": declined.nonce, "answer": "undone"})

    assert "4 seats are kept for you" in undone.says
    assert platform.invitations(partner["id"])[0]["state"] == "issued"


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"answer": "accepted", "seats": "5"}, 409, "not that many seats"),
        ({"answer": "accepted", "seats": "many"}, 422, "not understood"),
        ({"answer": "perhaps"}, 422, "not understood"),
        ({"answer": "declined", "nonce": "made up"}, 409, "something had changed in the meantime"),
    ],
    ids=["more seats", "no number", "no answer", "another nonce"],
)
def test_what_cannot_be_taken_is_said_beside_the_form(
    platform: PlatformDriver, partner: Any, link: str, form: dict[str, str], status: int, sentence: str
) -> None:
    page = browse(link, {"nonce": browse(link).nonce} | form)

    assert (page.status, sentence in page.says, "We will attend" in page.says) == (status, True, True)
    assert platform.invitations(partner["id"])[0]["state"] == "issued"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_with_one_letter_changed_leads_nowhere_and_the_page_says_what_to_do(
    platform: PlatformDriver, partner: Any, link: str, method: str
) -> None:
    tampered = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]

    page = browse(tampered, {"nonce": browse(link).nonce, "answer": "declined"} if method == "POST" else None)

    assert (page.status, "This link leads nowhere" in page.says) == (404, True)
    assert "copy all of it" in page.says
    assert partner["name"] not in page.text
    assert platform.invitations(partner["id"])[0]["state"] == "issued"


def test_the_link_of_an_address_ends_with_it_and_the_one_sent_to_the_new_one_answers(
    platform: PlatformDriver, partner: Any, link: str
) -> None:
    leader, form = leader_of(platform, partner), {"nonce": browse(link).nonce, "answer": "declined"}
    elsewhere = f"moved.{leader['email']}"
    headers = {"If-Match": f'"{leader["version"]}"'}
    platform.api.call("PATCH", f"/v1/people/{leader['id']}", body={"email": elsewhere}, headers=headers)

    eventually(lambda: "This link has ended" in browse(link).says)

    sent = browse(link, form)
    assert (sent.status, "This link has ended" in sent.says, partner["name"] in sent.text) == (410, True, False)
    assert answered(platform, partner, "declined") == []
    renewed = link_sent_to(platform, elsewhere)
    assert "will attend" in browse(renewed, {"nonce": browse(renewed).nonce, "answer": "accepted", "seats": "4"}).says


def test_the_page_of_an_invitation_that_is_withdrawn_says_so_and_asks_nothing(
    platform: PlatformDriver, partner: Any, link: str
) -> None:
    nonce, (invitation,) = browse(link).nonce, platform.invitations(partner["id"])
    path = f"/v1/invitations/{invitation['id']}"
    platform.api.transition(path, "withdrawn", version=invitation["version"], reason="The camp is smaller")

    shown, sent = browse(link), browse(link, {"nonce": nonce, "answer": "accepted"})

    assert (shown.status, "has been withdrawn" in shown.says, "<form" in shown.text) == (200, True, False)
    assert sent.status == 409
    assert answered(platform, partner, "accepted") == []


def test_the_page_keeps_its_address_to_itself(platform: PlatformDriver, partner: Any, link: str, folder: Any) -> None:
    page, path = browse(link), urllib.parse.urlsplit(link).path
    shown, code = path.partition(".")[0], path.rpartition(".")[2]

    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "script" not in policy + page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")

    def written() -> str:
        return "".join(log.read_text() for log in (folder / "instance" / "logs").glob("*.log"))

    eventually(lambda: f'"{shown}.***"' in written())
    assert code not in written()
    assert code not in str(platform.letters(partner_id=partner["id"]))
