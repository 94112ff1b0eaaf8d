"""Nobody coaches their own employer, on the real database: refused where named, found where it turns out later."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import pytest

from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.service_harness import an_event

AGREED = {"held_at": "2026-06-20T14:00:00+02:00", "zone": "Europe/Stockholm"}
SET_UP = {
    "title": "Fewer infections", "level": "local", "focus_areas": ["safer_care"], "settings": ["health_care"],
    "intervention_focus": "safe_and_effective_care",
}  # fmt: skip
NUMBERS = count(1)


class Story:
    """An engagement of `prt_1` that is led by `per_coach`, and people of other partners who are faculty."""

    def __init__(self, engagements: EngagementsHarness) -> None:
        self.service = engagements
        self.engagement_id = engagements.active()["id"]

    def at_work(self, person_id: str, partner_id: str, *, sequence: int = 1, day: str = "2026-01-01") -> None:
        """They work for a partner since a day."""
        who = {"person_id": person_id, "partner_id": partner_id, "name": f"Ada {person_id}", "role": "improver",
               "zone": "America/Chicago"}  # fmt: skip
        self._hear("partners.person.changed", "keep_person", sequence, day, who)

    def moved(self, person_id: str, partner_id: str, *, former: str, on: str) -> None:
        who = {"person_id": person_id, "partner_id": partner_id, "name": f"Ada {person_id}", "role": "improver",
               "zone": "America/Chicago", "former_partner_id": former, "left_on": on, "moved_on": on}  # fmt: skip
        self._hear("partners.person.moved", "keep_person", 2, on, who)

    def left(self, person_id: str, partner_id: str, *, sequence: int, on: str) -> None:
        who = {"person_id": person_id, "partner_id": partner_id, "left_on": on}
        self._hear("partners.person.left", "keep_departure", sequence, on, who)

    def is_faculty(self, person_id: str, partner_id: str | None = None, *, retired: bool = False) -> None:
        type = f"partners.faculty.{'retired' if retired else 'appointed'}"
        who = {"person_id": person_id, "partner_id": partner_id}
        self._hear(type, "make_assignable", 2 if retired else 1, "2026-05-01", who)

    def faculty(self, person_id: str, partner_id: str) -> str:
        self.at_work(person_id, partner_id)
        self.is_faculty(person_id, partner_id)
        return person_id

    @property
    def engagement(self) -> Answer:
        shown: Answer = self.service.call("show_engagement", engagement_id=self.engagement_id)["ok"]
        return shown

    def replace(self, coach_id: str) -> Answer:
        asked = {"engagement_id": self.engagement_id, "version": self.engagement["version"], "coach_id": coach_id}
        return self.service.call("replace_lead_coach", **asked)

    def schedule(self, coach_id: str | None = None) -> Answer:
        with_whom = {} if coach_id is None else {"coach_id": coach_id}
        return self.service.call("schedule_coaching", engagement_id=self.engagement_id, **AGREED, **with_whom)

    def _hear(self, type: str, reaction: str, sequence: int, day: str, data: Answer) -> None:
        event = an_event(id=f"evt_{next(NUMBERS):06}", type=type, sequence=sequence)
        self.service.react(reaction, replace(event, time=f"{day}T09:00:00.000Z"), data)


@pytest.fixture
def story(engagements: EngagementsHarness) -> Story:
    return Story(engagements)


def refused(answer: Answer) -> str:
    fault = answer["fault"]
    assert (fault["kind"], fault["code"]) == ("conflict", "conflict_of_interest")
    return str(fault["message"])


def test_a_partners_own_person_coaches_another_partner_once_they_are_faculty(story: Story) -> None:
    story.at_work("per_9", "prt_2")
    assert story.replace("per_9")["fault"]["kind"] == "invalid"

    story.is_faculty("per_9", "prt_2")

    assert story.replace("per_9")["ok"]["lead_coach_id"] == "per_9"
    assert story.schedule()["ok"]["coach_id"] == "per_9"


def test_nobody_is_named_to_coach_their_employer_wherever_coaches_are_named(story: Story) -> None:
    theirs = story.faculty("per_9", "prt_1")
    session = story.schedule()["ok"]
    handed_over = {"session_id": session["id"], "version": session["version"], "coach_id": theirs}
    initiative = {"engagement_id": story.engagement_id, "coach_id": theirs, **SET_UP}
    another = story.service.agreed("prt_3")
    its_own = story.faculty("per_8", "prt_3")
    activated = {"engagement_id": another["id"], "version": another["version"], "activated_on": "2026-01-12"}

    assert "per_9 works for partner prt_1" in refused(story.replace(theirs))
    for answer in (
        story.schedule(theirs),
        story.service.call("hand_over_coaching", **handed_over),
        story.service.call("propose_initiative", **initiative),
        story.service.call("activate_engagement", lead_coach_id=its_own, **activated),
    ):
        assert "works for partner" in refused(answer)


def test_who_left_is_refused_until_a_year_is_over_and_told_until_when(story: Story) -> None:
    story.faculty("per_9", "prt_1")
    story.left("per_9", "prt_1", sequence=2, on="2025-06-02")
    story.at_work("per_9", "prt_2", sequence=3, day="2025-07-01")
    story.faculty("per_8", "prt_1")
    story.at_work("per_8", "prt_2", sequence=2, day="2025-06-01")

    assert "worked for partner prt_1 until 2025-06-02, and may coach it from 2026-06-02 on" in refused(
        story.replace("per_9")
    )
    assert story.replace("per_8")["ok"]["lead_coach_id"] == "per_8"


def test_of_a_lead_coach_who_turns_out_to_work_there_it_is_said_until_another_leads(story: Story) -> None:
    story.replace(story.faculty("per_9", "prt_2"))
    session = story.schedule(story.faculty("per_8", "prt_2"))["ok"]

    for coach in ("per_9", "per_8"):
        story.at_work(coach, "prt_1", sequence=2, day="2026-05-20")

    assert story.engagement["coach_conflict"] == {"coach_id": "per_9", "until": None}
    (said,) = story.service.said("engagement.coach_conflict_found")
    assert (said["data"]["coach_id"], said["data"]["until"]) == ("per_9", None)
    assert [each["subject"] for each in story.service.said("coaching.conflict_found")] == [session["id"]]

    story.service.person("per_other")
    assert story.replace("per_other")["ok"]["coach_conflict"] is None


def test_what_is_heard_late_of_where_they_worked_is_found_too(story: Story) -> None:
    """That they left the partner this year is heard after all that came later."""
    story.at_work("per_9", "prt_2", sequence=3, day="2026-03-01")
    story.is_faculty("per_9", "prt_2")
    assert story.replace("per_9")["ok"]["coach_conflict"] is None

    story.at_work("per_9", "prt_1", sequence=1, day="2020-01-01")
    story.left("per_9", "prt_1", sequence=2, on="2026-02-01")

    assert story.engagement["coach_conflict"] == {"coach_id": "per_9", "until": "2027-02-01"}


@pytest.mark.parametrize("hears_the_first", [True, False])
def test_who_moved_away_is_refused_by_the_partner_before_whatever_else_is_heard(
    story: Story, hears_the_first: bool
) -> None:
    story.moved("per_9", "prt_2", former="prt_1", on="2026-03-01")
    story.is_faculty("per_9", "prt_2")
    if hears_the_first:
        story.at_work("per_9", "prt_1", sequence=1, day="2020-01-01")

    assert "from 2027-03-01 on" in str(story.replace("per_9"))


def test_who_moves_to_the_partner_they_coach_is_found(story: Story) -> None:
    story.replace(story.faculty("per_9", "prt_2"))

    story.moved("per_9", "prt_1", former="prt_2", on="2026-03-01")

    assert story.engagement["coach_conflict"] == {"coach_id": "per_9", "until": None}


def test_an_interest_that_turns_out_to_be_none_is_said_to_have_ended(story: Story) -> None:
    story.replace(story.faculty("per_9", "prt_2"))
    story.at_work("per_9", "prt_1", sequence=4, day="2025-01-10")
    assert story.engagement["coach_conflict"] == {"coach_id": "per_9", "until": None}

    story.at_work("per_9", "prt_3", sequence=5, day="2025-02-01")

    assert story.engagement["coach_conflict"] is None
    assert len(story.service.said("engagement.coach_conflict_ended")) == 1


def test_who_is_retired_from_the_faculty_coaches_no_more(story: Story) -> None:
    story.replace(story.faculty("per_9", "prt_2"))

    story.is_faculty("per_9", "prt_2", retired=True)

    assert story.engagement["coach_left_on"] is not None
    assert story.schedule("per_9")["fault"]["fields"][0]["code"] == "another_organisation"


@pytest.mark.parametrize("round", range(6))
def test_whoever_is_named_while_they_change_their_employer_is_refused_or_found(story: Story, round: int) -> None:
    story.faculty("per_9", "prt_2")

    with ThreadPoolExecutor() as both:
        answer = both.submit(story.replace, "per_9")
        both.submit(story.at_work, "per_9", "prt_1", sequence=2, day="2026-05-20").result()

    if "fault" in answer.result():
        refused(answer.result())
        assert story.engagement["lead_coach_id"] == "per_coach"
    else:
        assert story.engagement["coach_conflict"] == {"coach_id": "per_9", "until": None}
