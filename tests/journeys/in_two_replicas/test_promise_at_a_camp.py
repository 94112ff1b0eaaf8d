"""What partners learn goes on to others, by a promise and by a person.

Loop 4: what a partner promises at a camp becomes a test in its work, and comes back as a result at the next camp.
Loop 8: who shares what their partner learned becomes faculty, and coaches another partner, and never their own.
Loop 5, in the same instance: a partner is admitted, its leaders change, it departs, and each is followed everywhere.

Every service runs in two processes, and one of those concerned is killed before each step.
"""

from typing import Any

import pytest

from cli.local.instance import Instance
from tests.journeys.attended_camp import attended_camp
from tests.journeys.faculty import FacultyStory
from tests.journeys.initiatives import started_initiative
from tests.journeys.partnership import Partnership
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

pytestmark = pytest.mark.slow
PREDICTION = [{"question": "Is it read out at night?", "prediction": "At nine of ten insertions"}]
JUDGEMENT = [{"question": 1, "match": "matched", "result": "At nine of ten"}]


class Story:
    """A partner that promises at a camp to test what another one shares."""

    def __init__(self, instance: Instance) -> None:
        self.platform = PlatformDriver(instance)
        self.api = self.platform.api
        self.originator = self.platform.admitted_partner()
        self.partner = self.platform.proposed("Danish Society for Patient Safety")
        self.leader = self.platform.person("leader", partner_id=self.partner["id"])
        self.platform.admit(self.partner)
        self.engagement = self.platform.active_engagement(self.partner["id"])
        self.camp_id = attended_camp(self.platform, self.partner["id"])
        self.commitment_id = ""

    def shared(self, partner_id: str, title: str) -> str:
        told = {"partner_id": partner_id, "kind": "improvement", "title": title}
        id: str = self.api.post("/v1/experiences", told).body["id"]
        self.share(id, camp_id=self.camp_id)
        return id

    def share(self, experience_id: str, *, camp_id: str) -> None:
        path = f"/v1/experiences/{experience_id}"
        version = {"If_Match": f'"{self.api.get(path)["version"]}"'}
        reviewed = self.api.call("POST", f"{path}/decisions", body={"decision": "reviewed"}, headers=version).body
        self.api.transition(path, "shared", version=reviewed["version"], visibility="partners", camp_id=camp_id)

    def promise(self, *, rests_on: str) -> None:
        said = {"camp_id": self.camp_id, "partner_id": self.partner["id"], "owner_id": self.leader["id"],
                "what": "A checklist at each insertion", "due_on": "2099-10-15", "experience_id": rests_on}  # fmt: skip
        self.commitment_id = self.api.post("/v1/commitments", said).body["id"]

    def commitment(self, state: str) -> Any:
        """The commitment, once it is in this state."""
        path = f"/v1/commitments/{self.commitment_id}"
        eventually(lambda: self.api.get(path)["state"] == state)
        return self.api.get(path)

    def promised_test(self, state: str) -> Any:
        where = {"partner_id": self.partner["id"], "state": state}
        return eventually(lambda: self.api.get("/v1/promised-tests", **where)["items"])[0]

    def do(self, cycle_id: str, to: str, **said: Any) -> Any:
        path = f"/v1/pdsa-cycles/{cycle_id}"
        return self.api.transition(path, to, version=self.api.get(path)["version"], **said)

    def adopt(self, cycle_id: str) -> None:
        path = f"/v1/pdsa-cycles/{cycle_id}"
        version = {"If_Match": f'"{self.api.get(path)["version"]}"'}
        self.api.call("PATCH", path, body={"questions": PREDICTION}, headers=version)
        self.do(cycle_id, "doing", started_on="2026-02-02")
        self.do(cycle_id, "studying", done_on="2026-02-03", as_planned=True, observations="All went well")
        self.do(cycle_id, "judged", judgements=JUDGEMENT)
        self.do(cycle_id, "acted", decision="adopt", learning="It works at night, too")

    def draft(self) -> Any:
        """The experience that is offered to be told."""
        where = {"partner_id": self.partner["id"]}
        return eventually(lambda: self.api.get("/v1/experiences", **where)["items"])[0]

    def next_camp(self) -> str:
        """A camp to which the partner is asked again, and comes."""
        camp = self.platform.open(self.platform.announced_camp(capacity=40))
        asked = {"camp_id": camp["id"], "partner_id": self.partner["id"], "reason": "What they promised"}
        invitation = self.api.post("/v1/invitations", asked).body
        version = {"If_Match": f'"{invitation["version"]}"'}
        answers = f"/v1/invitations/{invitation['id']}/answers"
        self.api.call("POST", answers, body={"answer": "accepted"}, headers=version)
        return str(camp["id"])

    def sessions(self, camp_id: str) -> list[Any]:
        return self.api.get("/v1/sessions", camp_id=camp_id, partner_id=self.partner["id"])["items"]


def test_what_is_promised_at_a_camp_is_tested_by_itself_and_comes_back_as_a_result_that_credits_its_originator(
    replicas: Instance,
) -> None:
    story = Story(replicas)
    origin = story.shared(story.originator["id"], "A checklist, read out")

    story.platform.crash("engagements", "camps.2")
    story.promise(rests_on=origin)
    assert story.promised_test("waiting")["waits_for"] == "no_initiative_active"

    story.platform.crash("engagements.2")
    started_initiative(story.api, story.engagement, sponsor_id=story.leader["id"])
    cycle_id = story.promised_test("planned")["cycle_id"]
    cycle = story.api.get(f"/v1/pdsa-cycles/{cycle_id}")
    assert (cycle["owner_id"], cycle["ends_on"]) == (story.leader["id"], "2099-10-15")

    camp_id = story.next_camp()
    story.platform.crash("camps")
    story.adopt(cycle_id)
    reported = story.commitment("reported")
    assert (reported["reports"][-1]["outcome"], reported["cycle_id"]) == ("adopted", cycle_id)
    eventually(lambda: [each["cycle_id"] for each in story.sessions(camp_id)] == [cycle_id])

    story.platform.crash("camps.2", "engagements")
    draft = story.draft()
    assert (draft["title"], draft["based_on_id"]) == ("A checklist at each insertion", origin)
    story.share(draft["id"], camp_id=camp_id)
    (shown,) = story.api.get("/v1/shared-experiences", camp_id=camp_id)["items"]
    assert [(each["partner_id"], each["title"]) for each in shown["credits"]] == [
        (story.originator["id"], "A checklist, read out")
    ]

    story.platform.crash("camps")
    story.do(cycle_id, "reconsidered", reason="Nights were counted twice")
    story.commitment("made")
    eventually(lambda: story.api.get(f"/v1/shared-experiences/{draft['id']}")["evidence_withdrawn"])


def test_who_shares_what_their_partner_learned_becomes_faculty_and_coaches_another_partner(replicas: Instance) -> None:
    story = FacultyStory(replicas)
    assert story.lead(story.coached) == 422

    story.platform.crash("partners", "camps.2")
    member = story.nominated(story.shared())
    assert (member["state"], member["provenance"]["partner_id"]) == ("nominated", story.home)
    for to in ("considered", "invited"):
        story.step(member, to)

    story.platform.crash("partners.2", "engagements")
    for to in ("orienting", "active"):
        story.step(member, to)
    eventually(lambda: story.lead(story.coached) == 200)
    assert story.lead(story.home) == 409

    story.platform.crash("engagements.2", "notifications")
    follow_up = story.reached()
    theirs = f"/v1/follow-ups/{follow_up['id']}"
    eventually(lambda: story.api.get(theirs)["coach_id"] == story.improver["id"])
    # In a letter of its own, or in that of what is taken over, if the change of coach is heard later.
    eventually(lambda: "Infections halved" in story.platform.said_to(story.improver["email"]))

    story.platform.crash("notifications.2", "engagements")
    story.coach(follow_up["milestone_id"])
    eventually(lambda: story.api.get(theirs)["state"] == "completed")


def test_a_change_of_leaders_puts_the_will_in_question_everywhere_from_admission_to_departure(
    replicas: Instance,
) -> None:
    story = Partnership(replicas)
    story.admit(then=lambda: story.platform.crash("engagements", "notifications.2"))
    story.begin_the_work()
    story.sponsor_leaves()
    story.platform.crash("partners", "engagements.2", "notifications")
    story.will_is_in_question("sponsor_left")
    heard = "camps.keep_departure"
    eventually(lambda: story.platform.inbox_rows_of_last_event(heard, story.sponsor["id"]))
    story.confirm("The leader who stays signed the aims")
    assert [each["question"]["change"] for each in story.api.get(story.path)["will_confirmations"]] == [
        "sponsor_named", "sponsor_left",
    ]  # fmt: skip
    story.depart(then=lambda: story.platform.crash("camps", "engagements.2", "notifications"))
