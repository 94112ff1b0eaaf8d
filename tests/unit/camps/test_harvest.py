"""The harvest of a camp: what of it is something else than before, and what of it each may read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import Invalid
from services.camps.model.delegations.delegate import DelegateKind
from services.camps.model.learning.commitment import Commitment
from services.camps.model.learning.experience import Experience, ExperienceKind, PublicWithoutACamp, Visibility
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.harvest import Gathered, HarvestMailing, read_by
from services.camps.model.learning.industry_lesson import IndustryLesson

SHARED = Experience(id="exp_1", partner_id="prt_1", kind=ExperienceKind.IMPROVEMENT, title="Read out at night",
                    state=ExperienceState.SHARED)  # fmt: skip
PUBLIC = replace(SHARED, id="exp_2", visibility=Visibility.PUBLIC)
TAUGHT = IndustryLesson(id="les_1", partner_id=None, organisation="An airline", industry="aviation",
                        lesson="Hear it said back", hypothesis="Doses read back", topics=[])  # fmt: skip
PROMISED = Commitment(id="cmt_1", camp_id="cmp_1", partner_id="prt_1", admission_number=1, camp_title="Summer Camp",
                      zone="UTC", owner_id="per_1", what="A checklist", made_on=date(2026, 7, 14),
                      due_on=date(2026, 10, 15), overdue_at=datetime(2026, 10, 16, tzinfo=UTC))  # fmt: skip
GATHERED = Gathered.of([SHARED, PUBLIC], [TAUGHT], [PROMISED])


def mailing(gathered: Gathered = GATHERED, **said: Any) -> HarvestMailing:
    return HarvestMailing(id="hml_1", camp_id="cmp_1", edition=1, gathered=gathered, nothing_to_publish=None, **said)


def test_what_came_out_is_counted_and_of_it_what_is_everybodys() -> None:
    assert (GATHERED.experiences, GATHERED.public_experiences, GATHERED.lessons, GATHERED.promises) == (2, 1, 1, 1)
    assert GATHERED.is_something
    assert not Gathered.of([], [], []).is_something


@pytest.mark.parametrize(
    "other",
    [
        Gathered.of([SHARED], [TAUGHT], [PROMISED]),
        Gathered.of([replace(SHARED, story="At night, too"), PUBLIC], [TAUGHT], [PROMISED]),
        Gathered.of([replace(SHARED, visibility=Visibility.PUBLIC), PUBLIC], [TAUGHT], [PROMISED]),
        Gathered.of([SHARED, PUBLIC], [replace(TAUGHT, hypothesis="Names, too")], [PROMISED]),
        Gathered.of([SHARED, PUBLIC], [TAUGHT], [replace(PROMISED, due_on=date(2026, 11, 1))]),
    ],
    ids=["less", "told otherwise", "shared with more", "taught otherwise", "by another day"],
)
def test_a_harvest_that_says_something_else_is_another_one(other: Gathered) -> None:
    assert not mailing().is_as_before(other, nothing_to_publish=None)


def test_in_another_order_and_with_a_report_it_is_the_same_one() -> None:
    again = Gathered.of([PUBLIC, SHARED], [TAUGHT], [replace(PROMISED, cycle_id="pds_1")])

    assert mailing().is_as_before(again, nothing_to_publish=None)
    assert not mailing().is_as_before(again, nothing_to_publish="A storm sent everybody home")


@pytest.mark.parametrize(
    ("kind", "departed", "reads"),
    [
        (DelegateKind.PARTNER, False, Visibility.PARTNERS),
        (DelegateKind.FACULTY, False, Visibility.PARTNERS),
        (DelegateKind.INSTITUTE, False, Visibility.PARTNERS),
        (DelegateKind.GUEST, False, Visibility.PUBLIC),
        (DelegateKind.PARTNER, True, Visibility.PUBLIC),
    ],
)
def test_guests_and_who_departed_read_what_is_everybodys(kind: DelegateKind, departed: bool, reads: Visibility) -> None:
    assert read_by(kind=kind, departed=departed) is reads


def test_what_is_shared_with_everybody_is_shared_at_a_camp_where_they_read_it() -> None:
    reviewed = replace(SHARED, state=ExperienceState.REVIEWED)

    with pytest.raises(PublicWithoutACamp) as refused:
        reviewed.share(visibility=Visibility.PUBLIC, camp_id=None, credited=[])

    assert isinstance(refused.value, Invalid)
    assert [each["pointer"] for each in refused.value.fields] == ["/camp_id"]
    assert reviewed.state is ExperienceState.REVIEWED
