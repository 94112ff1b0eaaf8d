"""Drives the platform through its gateway, in the words of the domain, and reads what it stored and mailed."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from typing import Any
from uuid import uuid4

from kombu import Connection
from pymongo import MongoClient

from cli.connection.api import Api, Refused
from cli.connection.services import services
from cli.local.instance import Instance
from tests.journeys.patient_client import PatientClient
from tests.waiting import eventually

CAMP_YEARS = count(2101)


class PlatformDriver:
    """An instance, called as a member of staff."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.api = PatientClient(gateway=instance.gateway, token=instance.api().token)

    def as_leader_of(self, partner_id: str) -> Api:
        return self.instance.api(subject="a leader", organisation=partner_id, roles=("partner_lead",))

    def proposed(self, name: str = "Region Jönköping County") -> Any:
        partner = {
            "name": f"{name} {uuid4().hex[:6]}", "place": "Sweden", "country": "SE", "zone": "Europe/Stockholm",
            "language": "sv", "kind": "region", "scope_level": "regional", "focus_areas": ["safer_care"],
        }  # fmt: skip
        return self.api.post("/v1/partners", partner).body

    def person(self, role: str, *, partner_id: str | None = None, name: str = "Åsa Lindqvist") -> Any:
        person = {
            "name": name, "email": f"{uuid4().hex[:10]}@partner.example", "role": role, "language": "en",
            "zone": "Europe/Stockholm",
        }  # fmt: skip
        return self.api.post("/v1/people", person | ({"partner_id": partner_id} if partner_id else {})).body

    def admit(self, partner: Any, *, request_id: str | None = None) -> Any:
        return self.api.transition(
            f"/v1/partners/{partner['id']}", "admitted", version=partner["version"], request_id=request_id,
            reasons=["Leaders with the will to transform care"], term_starts_on="2026-01-01", term_ends_on="2028-12-31",
        )  # fmt: skip

    def admitted_partner(self) -> Any:
        """A partner with one leader."""
        proposed = self.proposed()
        self.person("leader", partner_id=proposed["id"])
        return self.admit(proposed)

    def engagement_of(self, partner_id: str) -> Any:
        return eventually(lambda: self.api.get("/v1/engagements", partner_id=partner_id)["items"])[0]

    def active_engagement(self, partner_id: str) -> Any:
        coach_id = self.person("coach", name="Coach Okonkwo")["id"]
        engagement = self.agreed_engagement(partner_id)
        return self.api.transition(
            f"/v1/engagements/{engagement['id']}", "active", version=engagement["version"],
            lead_coach_id=coach_id, activated_on="2026-01-12",
        )  # fmt: skip

    def agreed_engagement(self, partner_id: str) -> Any:
        engagement = self.engagement_of(partner_id)
        return self.api.transition(
            f"/v1/engagements/{engagement['id']}", "agreed", version=engagement["version"], for_partner="Åsa Lindqvist",
            for_institute="Ada Example", agreed_on="2026-01-08",
        )  # fmt: skip

    def planned_milestone(self, engagement_id: str, *, kind: str = "aim_target") -> Any:
        """A milestone due so late that it cannot be missed during a test."""
        milestone = {"engagement_id": engagement_id, "kind": kind, "title": "Infections halved", "due_on": "2099-09-01"}
        return self.api.post("/v1/milestones", milestone).body

    def reach(self, milestone: Any, *, request_id: str | None = None, api: Api | None = None) -> Any:
        return (api or self.api).transition(
            f"/v1/milestones/{milestone['id']}", "reached", version=milestone["version"], request_id=request_id,
            reached_on="2026-06-01", evidence="A shift of nine points below the median",
        )  # fmt: skip

    def invited_partner(self, wanted: str = "issued") -> Any:
        """A partner with one leader that has reached a milestone, and whose invitation is issued, or waits."""
        partner = self.admitted_partner()
        self.camp_inviting()
        self.reach(self.planned_milestone(self.active_engagement(partner["id"])["id"]))
        eventually(lambda: [each["state"] for each in self.invitations(partner["id"])] == [wanted])
        return partner

    def camp_inviting(self, *, capacity: int = 400) -> Any:
        """The camp that partners are invited to; the first that is inviting, or a new one."""
        inviting = self.api.get("/v1/camps", state="inviting")["items"]
        return inviting[0] if inviting else self.open(self.announced_camp(capacity=capacity))

    def announced_camp(self, *, capacity: int, year: int | None = None, **described: Any) -> Any:
        year = year or next(CAMP_YEARS)
        camp = {
            "season": "summer", "year": year, "title": f"Summer Camp {year}", "place": "Jönköping",
            "zone": "Europe/Stockholm", "starts_on": f"{year}-06-15", "ends_on": f"{year}-06-18", "capacity": capacity,
            **described,
        }  # fmt: skip
        return self.api.post("/v1/camps", camp).body

    def open(self, camp: Any) -> Any:
        answer_by = f"{camp['year']}-04-15"
        return self.api.transition(f"/v1/camps/{camp['id']}", "inviting", version=camp["version"], answer_by=answer_by)

    def follow_ups(self, milestone_id: str) -> list[Any]:
        return self.api.get("/v1/follow-ups", milestone_id=milestone_id)["items"]

    def invitations(self, partner_id: str) -> list[Any]:
        return self.api.get("/v1/invitations", partner_id=partner_id)["items"]

    def delivery_of_the_invitation(self, partner_id: str) -> str | None:
        """The state of the letters about a partner's invitation; None before there is one."""
        invitations = self.invitations(partner_id)
        return invitations[0]["delivery"]["state"] if invitations else None

    def letters(self, **where: str) -> list[Any]:
        return self.api.get("/v1/deliveries", **where)["items"]

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What really arrived, as the mail server stored it."""
        folder = self.instance.parts.mail_folder
        assert folder
        arrived = (path.read_bytes() for path in sorted(folder.glob("*.eml")))
        read = [message_from_bytes(each, policy=policy.default) for each in arrived if address.encode() in each]
        return [mail for mail in read if address in str(mail["To"])]

    def subjects_to(self, address: str) -> str:
        """The subjects of what arrived, a line each."""
        return "\n".join(str(mail["Subject"]) for mail in self.mails_to(address))

    def said_to(self, address: str) -> str:
        """What arrived says, as one text: subjects, and bodies as they are read."""
        bodies = (mail.get_body(("plain",)) for mail in self.mails_to(address))
        return "\n".join([self.subjects_to(address), *(str(body.get_content()) for body in bodies if body)])

    def events_caused_by(self, correlation_id: str) -> list[Any]:
        return self.rows("outbox", correlation_id=correlation_id)

    def inbox_rows(self, reaction: str, correlation_id: str) -> list[Any]:
        return self.rows("inbox", reaction=reaction, correlation_id=correlation_id)

    def inbox_rows_of_last_event(self, reaction: str, subject: str) -> list[Any]:
        """The inbox rows of a reaction for the last event about a subject."""
        said = max(self.rows("outbox", subject=subject), key=lambda row: row["sequence"])
        return self.rows("inbox", reaction=reaction, event_id=said["_id"])

    def publish_dead_letter(self, service: str, *, queue: str = "inbox") -> None:
        """Publish a message that is no event; for a service without an inbox, to its queue `dead`."""
        with Connection(self.instance.parts.amqp_uri) as connection:
            connection.Producer().publish(
                "{ this is no JSON",
                routing_key=f"{service}.{queue}",
                content_type="application/json",
                content_encoding="utf-8",
            )

    def rows(self, collection: str, **where: str) -> list[Any]:
        """The matching documents of a collection in every service."""
        with MongoClient[dict[str, Any]](self.instance.parts.mongo_uri, tz_aware=True) as client:
            databases = [client[self.instance.prefix + service] for service in services()]
            return [row for database in databases for row in database[collection].find(where)]

    def pretend(self, service: str, collection: str, id: str, **members: Any) -> None:
        """Store what only time can bring about, past the service."""
        with MongoClient[dict[str, Any]](self.instance.parts.mongo_uri) as client:
            documents = client[self.instance.prefix + service][collection]
            assert documents.update_one({"_id": id}, {"$set": members}).matched_count == 1

    def forget(self, service: str, collection: str, id: str) -> None:
        """Remove what a service has heard of already, as if it were still on its way."""
        with MongoClient[dict[str, Any]](self.instance.parts.mongo_uri) as client:
            documents = client[self.instance.prefix + service][collection]
            assert documents.delete_one({"_id": id}).deleted_count == 1

    def crash(self, *names: str) -> None:
        """Kill processes; who holds a lease, or has a message in hand, may be among them.

        Where a service has two, the other one is waited for: with none of them nobody would be answered.
        """
        of_services = [name for name in self.instance.ops for killed in names if name.startswith(killed.split(".")[0])]
        eventually(lambda: all(map(self._is_ready, of_services)))
        pids = self.instance.parts.supervisor.pids()
        for name in names:
            os.kill(pids[name], signal.SIGKILL)

    def _is_ready(self, process: str) -> bool:
        try:
            return Api(gateway=f"http://{self.instance.ops[process]}", token="").call("GET", "/readyz").status == 200
        except (Refused, OSError):
            return False

    @contextmanager
    def killed(self, service: str) -> Iterator[None]:
        """Kill a service while the block runs; wait until the supervisor has started it again."""
        pid = self.instance.parts.supervisor.pids()[service]
        os.kill(pid, signal.SIGKILL)
        yield
        eventually(lambda: self.instance.parts.supervisor.pids().get(service, pid) != pid)
