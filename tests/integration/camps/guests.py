"""Somebody who is invited to a camp by name, as the institute does it and as they answer by their link."""

from typing import Any

from chassis.domain.capabilities import Capability
from chassis.schemas.mail_addresses import address_digest
from tests.integration.camps.harness import KEYS, Answer, CampsHarness

KIM: Answer = {"name": "Kim", "email": "kim@airline.example", "language": "sv", "zone": "Europe/Stockholm"}
NOBODY: Answer = {"subject": "link", "organisation": "none", "roles": []}


def invite(camps: CampsHarness, camp: Answer, *, kind: str = "guest", **somebody: Any) -> Answer:
    """Invite Kim, or somebody else; gives `ok` or `fault`."""
    who = somebody if "person_id" in somebody or kind != "guest" else KIM | somebody
    answer: Answer = camps.call("invite_guest", camp_id=camp["id"], kind=kind, reason="What flying has learned", **who)
    return answer


def guest(camps: CampsHarness, id: str) -> Answer:
    shown: Answer = camps.call("show_guest", guest_id=id)["ok"]
    return shown


def do(camps: CampsHarness, operation: str, id: str, **said: Any) -> Answer:
    """What the institute does about the invitation as it is now; gives `ok` or `fault`."""
    version = guest(camps, id)["version"]
    what = "guest_id" if operation == "change_guest" else "invitation_id"
    answer: Answer = camps.call(operation, version=version, **{what: id}, **said)
    return answer


def link(id: str, *, email: str = KIM["email"], holder_id: str | None = None) -> str:
    """What stands in the link of a letter to them: their own, or that of somebody on record."""
    holder = holder_id or id
    digest = address_digest(email, of=holder)
    return KEYS.token(Capability(thing_id=id, holder_id=holder, address_digest=digest))


def shown(camps: CampsHarness, token: str) -> Answer:
    answer: Answer = camps.call("show_reply_form", NOBODY, token=token)
    return answer


def by_link(camps: CampsHarness, token: str, answer: str) -> Answer:
    nonce = shown(camps, token)["ok"]["nonce"]
    said: Answer = camps.call("answer_by_link", NOBODY, token=token, nonce=nonce, answer=answer)
    return said


def letter_sent(camps: CampsHarness, id: str) -> None:
    """Hear that a letter about their invitation was sent."""
    about = {"about_kind": "invitation", "about_id": id}
    camps.hear("keep_delivery_state", delivery_id=f"dlv_{id}", state="sent", **about)
