"""Puts a folder on record, thing by thing: what is there already is found by its external id, and gone on with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from cli.connection.api import Refused, Unreachable
from cli.imports import layout
from cli.imports.data_points import DataPointFile
from cli.imports.folder import Folder
from cli.imports.history_api import BROKE_OFF, HistoryApi
from cli.imports.layout import INSTITUTE_ROLES, REFERENCES, Kind, Later, Seen
from cli.imports.likeness import differing
from cli.imports.mistakes import CannotBeImported, Mistake, Place
from cli.imports.records import KEY, Record
from cli.imports.report import CHANGED, DIFFERS, LEFT, MADE, Report
from cli.imports.series import send_data_points
from cli.imports.waiting import DRAFT_SECONDS, Waiting

STALE_TRIES = 5
TRIED = "not on record yet"
"""The id, in a trial, of what would be made."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that became of something on record."""

    path: str
    """Of what it became of."""
    name: str
    later: Later
    record: Record

    @property
    def section(self) -> str:
        """The pointer to what is said of it; the members of the request are below."""
        return "" if self.later.is_member else f"/{self.name}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """The members of the request, with external ids."""
        said: Mapping[str, Any] = self.record.members[self.name]
        return {self.name: said} if self.later.is_member else said


@dataclass(kw_only=True)
class Import:
    """One import of one folder."""

    api: HistoryApi
    folder: Folder
    report: Report
    partner_id: str = TRIED
    engagement_id: str = TRIED
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The ids of what is on record, by kind and external id."""
    at: Place = field(default_factory=lambda: Place(file=layout.PARTNER.file))
    """What is being put on record, for who must know how far the import came."""

    @property
    def is_trial(self) -> bool:
        return self.report.is_trial

    def run(self) -> None:
        """Put everything on record, or say what would be; raises CannotBeImported, which names how far it came."""
        try:
            self._have_everything()
        except (Refused, Unreachable) as error:
            raise CannotBeImported(BROKE_OFF, [Mistake(place=self.at, detail=str(error))]) from error

    def _have_everything(self) -> None:
        self._begin_partnership()
        self._measure_initiatives()
        for cycle in _in_ramps(self._of(layout.CYCLES)):
            self._have_whole(layout.CYCLES, cycle)
        for score in self._of(layout.SCORES):
            self._score(score)
        for record in self._of(layout.MILESTONES):
            self._have_whole(layout.MILESTONES, record)
        for record in self._of(layout.SESSIONS):
            self._have_whole(layout.SESSIONS, record)

    def _measure_initiatives(self) -> None:
        """Have initiatives, which their measures name, and then the measures, which their aims and drivers name."""
        initiatives = [(each, *self._have(layout.INITIATIVES, each)) for each in self._of(layout.INITIATIVES)]
        for measure in self._of(layout.MEASURES):
            self._measure(measure)
        for file in self.folder.data_points:
            self._data_points(file)
        for initiative, seen, is_new in initiatives:
            self._go_on(layout.INITIATIVES, initiative, seen, is_new=is_new)

    def _of(self, kind: Kind) -> list[Record]:
        return self.folder.of(kind)

    def _begin_partnership(self) -> None:
        """Have the partner admitted, its people and its coaches, and its engagement active."""
        (partner,) = self._of(layout.PARTNER)
        seen, is_new = self._have(layout.PARTNER, partner)
        self.partner_id = seen["id"]
        for person in self._of(layout.PEOPLE):
            self._have_whole(layout.PEOPLE, person)
        self._go_on(layout.PARTNER, partner, seen, is_new=is_new)
        (engagement,) = self._of(layout.ENGAGEMENT)
        drafted = self._engagement(engagement)
        self.engagement_id = drafted["id"]
        self._go_on(layout.ENGAGEMENT, engagement, drafted, is_new=False)

    def _engagement(self, record: Record) -> Seen:
        """Give the partner's engagement, which is drafted when the partner is admitted."""
        if self.partner_id == TRIED:
            return {"id": TRIED, "state": "draft", "version": 0}
        path, where = layout.ENGAGEMENT.path, {"partner_id": self.partner_id, "sort": "-id"}
        seconds = 0 if self.is_trial else DRAFT_SECONDS
        found = Waiting(api=self.api).until(lambda: self.api.find(path, **where), seconds=seconds)
        if found is None and not self.is_trial:
            detail = f"no engagement of partner {self.partner_id} was drafted in {DRAFT_SECONDS:.0f} s"
            raise CannotBeImported(BROKE_OFF, [Mistake(place=record.at(""), detail=detail)])
        seen: Seen = found or {"id": TRIED, "state": "draft", "version": 0}
        return seen

    def _have(self, kind: Kind, record: Record) -> tuple[Seen, bool]:
        """Find a thing by its external id, or make it; gives it, and whether it is new."""
        self.at = record.place
        body = self._body(kind, record)
        seen = self._found(kind, record)
        is_new = seen is None
        if seen is not None:
            self._compare(record, body, seen)
        elif self.is_trial:
            seen = {"id": TRIED}
        else:
            seen = self.api.create(kind.path, {**body, KEY: record.key}, record=record)
        if is_new:
            self.report.note(MADE, record)
        self.ids[kind.name, record.key] = seen["id"]
        return seen, is_new

    def _compare(self, record: Record, body: Mapping[str, Any], seen: Seen) -> None:
        given = {**body, KEY: record.key} if seen.get(KEY) else body
        if different := list(differing(given, seen)):
            self.report.note(DIFFERS, record, f"{', '.join(different)}, of {seen['id']}")

    def _have_whole(self, kind: Kind, record: Record) -> None:
        seen, is_new = self._have(kind, record)
        self._go_on(kind, record, seen, is_new=is_new)

    def _found(self, kind: Kind, record: Record) -> Seen | None:
        """Look for a thing; a person who has no external id here is known by their mail address."""
        if self.partner_id == TRIED and kind not in (layout.PARTNER, layout.PEOPLE):
            return None
        ours = {} if kind in (layout.PARTNER, layout.PEOPLE) else {"partner_id": self.partner_id}
        found: Seen | None = self.api.find(kind.path, external_id=record.key, **ours)
        if found is None and kind is layout.PEOPLE:
            found = self.api.find(kind.path, email=record.members["email"])
        return found

    def _body(self, kind: Kind, record: Record) -> dict[str, Any]:
        """Give the members with which a thing is put on record, external ids replaced by ids."""
        body: dict[str, Any] = self._with_ids(layout.first_of(kind, record.members))
        if kind is layout.PEOPLE and body["role"] not in INSTITUTE_ROLES:
            body["partner_id"] = self.partner_id
        if "engagement_id" in kind.given:
            body["engagement_id"] = self.engagement_id
        return body

    def _with_ids(self, value: Any, name: str = "") -> Any:
        if isinstance(value, Mapping):
            return {member: self._with_ids(each, member) for member, each in value.items()}
        if isinstance(value, list):
            return [self._with_ids(each, name) for each in value]
        return self.ids.get((REFERENCES[name].name, value), value) if name in REFERENCES else value

    def _go_on(self, kind: Kind, record: Record, seen: Seen, *, is_new: bool) -> None:
        """Have what became of a thing since it was put on record, as far as that is still to be said."""
        self.at = record.place
        done = [name for name, later in kind.later.items() if name in record.members
                and self._has_become(kind, record, seen["id"], name, later)]  # fmt: skip
        if not is_new:
            self.report.note(CHANGED if done else LEFT, record, ", ".join(done))

    def _has_become(self, kind: Kind, record: Record, id: str, name: str, later: Later) -> bool:
        """Ask for one thing that became of it, unless it was done; gives whether it was, or would be, asked for."""
        if id == TRIED:
            return True
        step = Step(path=f"{kind.path}/{id}", name=name, later=later, record=record)
        if name == "reached" and not self.is_trial:
            Waiting(api=self.api).for_proposal(step.path, record)
        for _ in range(STALE_TRIES):
            seen = self.api.get(step.path)
            if self.is_trial or not later.is_due(seen):
                return later.is_due(seen)
            if self._was_asked(step, seen["version"]):
                return True
        detail = f"{step.path} is changed by others all the time: try again"
        raise CannotBeImported(BROKE_OFF, [Mistake(place=record.at(step.section), detail=detail)])

    def _was_asked(self, step: "Step", version: int) -> bool:
        """Ask for it; gives whether it was done, and not refused because somebody changed the thing meanwhile."""
        facts = self._with_ids(step.facts)
        try:
            if step.later.patches is None:
                self.api.transition(step.path, step.name, facts, version=version, record=step.record,
                                    section=step.section)  # fmt: skip
            else:
                self.api.change(step.path + step.later.patches, facts, version=version, record=step.record,
                                section=step.section)  # fmt: skip
        except Refused as refused:
            if refused.status != HTTPStatus.PRECONDITION_FAILED:
                raise
            return False
        return True

    def _measure(self, record: Record) -> None:
        """Have a measure with the baseline of its first definition, then its later ones in the order of days."""
        seen, is_new = self._have(layout.MEASURES, record)
        self._go_on(layout.MEASURES, record, seen, is_new=is_new)
        own = [each for each in self._of(layout.DEFINITIONS) if each.members["measure_id"] == record.key]
        for definition in sorted(own, key=lambda each: str(each.members["effective_from"])):
            self._definition(definition, seen)

    def _definition(self, record: Record, measure: Seen) -> None:
        facts = {name: value for name, value in record.members.items() if name != "measure_id"}
        days = [each["effective_from"] for each in measure.get("definitions", ())]
        later = Later(operation="", is_due=lambda _: facts["effective_from"] not in days)
        self._have_listed(layout.DEFINITIONS, record, measure["id"], "redefined", facts, later)

    def _score(self, record: Record) -> None:
        facts = {name: value for name, value in record.members.items() if name != "initiative_id"}
        month, role = facts["month"], facts["assessor_role"]
        later = Later(
            operation="",
            is_due=lambda seen: (
                (month, role) not in [(each["month"], each["assessor_role"]) for each in seen["scores"]]
            ),
        )
        id = self.ids[layout.INITIATIVES.name, record.members["initiative_id"]]
        self._have_listed(layout.SCORES, record, id, "scored", facts, later)

    def _have_listed(
        self, kind: Kind, record: Record, id: str, to: str, facts: Mapping[str, Any], later: Later
    ) -> None:
        """Have what is one of several of its kind within another thing."""
        self.at = record.place
        whole = Record(place=record.place, members={to: facts})
        is_made = self._has_become(kind, whole, id, to, later)
        self.report.note(MADE if is_made else LEFT, record)

    def _data_points(self, file: DataPointFile) -> None:
        self.at = file.place
        measure_id = self.ids[layout.MEASURES.name, file.measure.key]
        send_data_points(self.api, file, measure_id=None if measure_id == TRIED else measure_id, report=self.report)


def _in_ramps(cycles: list[Record]) -> list[Record]:
    """Put each cycle behind the one before it; `record_check` has refused those that go round."""
    left, ordered = list(cycles), []
    known: set[str] = set()
    while left:
        ready = [each for each in left if each.members.get("previous_id") in {None, *known}]
        ordered.extend(ready)
        known |= {each.key for each in ready}
        left = [each for each in left if each.key not in known]
    return ordered
