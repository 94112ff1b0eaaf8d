"""Which files a folder has: what each is about, by which operations it is put on record, and in which order.

One rule holds for all of them: members and columns have the names of the API. What is said when a thing is put on
record stands at the top; what belongs to something that became of it later stands under the name of that transition,
such as `reached.reached_on`. Wherever the API takes an id, the external id of the other record stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cli.imports.records import KEY

Seen = Mapping[str, Any]
"""A resource as the API shows it."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """What became of a thing after it was put on record: an operation, and when it still has to be asked."""

    operation: str
    is_due: Callable[[Seen], bool]
    """Whether a thing, as it is seen, still waits for this; what people did otherwise is left as it is."""
    patches: str | None = None
    """The path below the thing that is patched; None for a transition of the name of the section."""
    is_member: bool = False
    """Whether the section itself is a member of the request, and not its members are."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing in a folder."""

    name: str
    file: str
    """Its file: one record as JSON, a table as CSV, or a folder of JSON files, a record in each."""
    operation: str
    path: str
    """Where the API has such things."""
    id_prefix: str
    id_member: str
    given: frozenset[str] = frozenset()
    """Members of the request that follow from the folder, and are not in the file."""
    later: Mapping[str, Later] = field(default_factory=dict)

    @property
    def has_key(self) -> bool:
        """Whether its records have external ids, by which they are found again."""
        return self.name not in WITHOUT_KEY


WITHOUT_KEY = frozenset({"engagement", "definitions", "strata", "scores"})
"""These belong to something else, and are found there."""


def _in_state(*states: str) -> Callable[[Seen], bool]:
    return lambda seen: seen["state"] in states


def _lacks(member: str) -> Callable[[Seen], bool]:
    return lambda seen: not seen[member]


def _is_not_judged(seen: Seen) -> bool:
    return seen["state"] == "studying" and not all(asked["judgements"] for asked in seen["questions"])


def _is_first_phase_open(seen: Seen) -> bool:
    """Whether the first definition is the only one, and its baseline is not frozen: later ones begin phases."""
    (first, *others) = seen["phases"]
    return not others and not first["baseline_points"]


PARTNER = Kind(
    name="partner", file="partner.json", operation="partners.propose_partner", path="/v1/partners",
    id_prefix="prt", id_member="partner_id",
    later={"admitted": Later(operation="partners.admit_partner", is_due=_in_state("proposed"))},
)  # fmt: skip
PEOPLE = Kind(
    name="people", file="people.csv", operation="partners.add_person", path="/v1/people",
    id_prefix="per", id_member="person_id", given=frozenset({"partner_id"}),
)  # fmt: skip
ENGAGEMENT = Kind(
    name="engagement", file="engagement.json", operation="", path="/v1/engagements",
    id_prefix="eng", id_member="engagement_id",
    later={
        "agreed": Later(operation="engagements.agree_engagement", is_due=_in_state("draft")),
        "active": Later(operation="engagements.activate_engagement", is_due=_in_state("agreed")),
    },
)  # fmt: skip
INITIATIVES = Kind(
    name="initiatives", file="initiatives/", operation="engagements.propose_initiative", path="/v1/initiatives",
    id_prefix="ini", id_member="initiative_id", given=frozenset({"engagement_id", "aim"}),
    later={
        "driver_diagram": Later(
            operation="engagements.draw_driver_diagram", patches="/driver-diagram",
            is_due=lambda seen: not seen["diagram"]["ideas"],
        ),
        "aim": Later(
            operation="engagements.change_initiative", patches="", is_member=True, is_due=_lacks("aim"),
        ),
        "signed": Later(operation="engagements.sign_charter", is_due=_lacks("signatures")),
        "chartered": Later(operation="engagements.charter_initiative", is_due=_in_state("idea")),
        "active": Later(operation="engagements.start_initiative", is_due=_in_state("chartered")),
    },
)  # fmt: skip
MEASURES = Kind(
    name="measures", file="measures.csv", operation="engagements.define_measure", path="/v1/measures",
    id_prefix="msr", id_member="measure_id", given=frozenset({"engagement_id", "strata"}),
    later={"baseline_frozen": Later(operation="engagements.freeze_baseline", is_due=_is_first_phase_open)},
)  # fmt: skip
STRATA = Kind(
    name="strata", file="strata.csv", operation="engagements.define_measure", path="/v1/measures",
    id_prefix="msr", id_member="measure_id",
)  # fmt: skip
DEFINITIONS = Kind(
    name="definitions", file="definitions.csv", operation="engagements.redefine_measure", path="/v1/measures",
    id_prefix="msr", id_member="measure_id", given=frozenset({"version"}),
)  # fmt: skip
SCORES = Kind(
    name="scores", file="scores.csv", operation="engagements.score_initiative", path="/v1/initiatives",
    id_prefix="ini", id_member="initiative_id", given=frozenset({"version"}),
)  # fmt: skip
CYCLES = Kind(
    name="pdsa-cycles", file="pdsa-cycles/", operation="engagements.plan_cycle", path="/v1/pdsa-cycles",
    id_prefix="pds", id_member="cycle_id",
    later={
        "doing": Later(operation="engagements.start_cycle", is_due=_in_state("planned")),
        "studying": Later(operation="engagements.study_cycle", is_due=_in_state("doing")),
        "judged": Later(operation="engagements.judge_predictions", is_due=_is_not_judged),
        "acted": Later(operation="engagements.act_on_cycle", is_due=_in_state("studying")),
    },
)  # fmt: skip
MILESTONES = Kind(
    name="milestones", file="milestones.csv", operation="engagements.plan_milestone", path="/v1/milestones",
    id_prefix="mst", id_member="milestone_id", given=frozenset({"engagement_id"}),
    later={"reached": Later(operation="engagements.reach_milestone",
                            is_due=_in_state("planned", "proposed", "at_risk", "missed"))},
)  # fmt: skip
SESSIONS = Kind(
    name="coaching-sessions", file="coaching-sessions.csv", operation="engagements.schedule_coaching",
    path="/v1/coaching-sessions", id_prefix="cos", id_member="session_id", given=frozenset({"engagement_id"}),
    later={"held": Later(operation="engagements.hold_coaching", is_due=_in_state("scheduled"))},
)  # fmt: skip
KINDS = (
    PARTNER, PEOPLE, ENGAGEMENT, INITIATIVES, MEASURES, STRATA, DEFINITIONS, CYCLES, SCORES, MILESTONES, SESSIONS,
)  # fmt: skip
DATA_POINTS = "data-points"
"""The folder of the files of data points, each named after the external id of its measure."""
REFERENCES: Mapping[str, Kind] = {
    **dict.fromkeys(("owner_id", "coach_id", "lead_coach_id", "sponsor_id", "lead_id", "improvement_advisor_id",
                     "member_ids"), PEOPLE),
    **dict.fromkeys(("measure_id", "measure_ids", "outcome_measure_id"), MEASURES),
    "initiative_id": INITIATIVES,
    "milestone_id": MILESTONES,
    "previous_id": CYCLES,
}  # fmt: skip
"""The members that refer to another record, and of which kind that is."""
INSTITUTE_ROLES = frozenset({"coach", "staff"})
"""The roles of people of the institute itself; all others are the partner's."""


def given_later(kind: Kind) -> frozenset[str]:
    """Give the members of a later request that follow from what it is about."""
    return frozenset({kind.id_member, "version"})


def first_of(kind: Kind, members: Mapping[str, Any]) -> dict[str, Any]:
    """Give the members with which a thing is put on record, without its key."""
    return {name: value for name, value in members.items() if name not in kind.later and name != KEY}
