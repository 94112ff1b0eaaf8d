import pytest

from chassis.domain.errors import Conflict
from chassis.domain.transitions import NotFromThisState, Transition, leading_from, leads_to, refuse_unless_possible

DOOR = (
    Transition(aggregate="door", operation="hang", from_states=(), to=("shut",), way_back="unhinge"),
    Transition(aggregate="door", operation="open", from_states=("shut", "ajar"), to=("open",), way_back="shut"),
    Transition(aggregate="door", operation="shut", from_states=("open",), to=("shut",), way_back="open"),
    Transition(aggregate="door", operation="shut", from_states=("ajar",), to=("shut",), way_back="open"),
)


class DoorIsLocked(Conflict):
    """A door that is locked stays shut."""


def test_an_operation_is_possible_from_the_states_of_all_its_rows() -> None:
    assert leading_from(DOOR, "shut") == ("open", "ajar")


@pytest.mark.parametrize(("operation", "possible_from"), [("shut", ["open", "ajar"]), ("open", ["shut", "ajar"])])
def test_an_operation_is_refused_from_all_other_states(operation: str, possible_from: list[str]) -> None:
    possible = [state for state in ("open", "shut", "ajar", "locked") if not is_refused(operation, state)]

    assert sorted(possible) == sorted(possible_from)


def is_refused(operation: str, state: str) -> bool:
    try:
        refuse_unless_possible(DOOR, operation, state=state, about=f"door 7 is {state}")
    except NotFromThisState:
        return True
    return False


def test_a_refusal_says_what_it_is_and_from_which_states_it_is_possible() -> None:
    with pytest.raises(NotFromThisState, match=r"^door 7 is shut: shut is possible from open, ajar$"):
        refuse_unless_possible(DOOR, "shut", state="shut", about="door 7 is shut")


def test_a_refusal_may_have_a_name_of_its_own() -> None:
    with pytest.raises(DoorIsLocked, match="open is possible from shut, ajar"):
        refuse_unless_possible(DOOR, "open", state="locked", about="door 7 is locked", otherwise=DoorIsLocked)


@pytest.mark.parametrize(
    ("operation", "state", "to", "leads"),
    [
        ("open", "ajar", "open", True),
        ("shut", "ajar", "shut", True),
        ("open", "ajar", "shut", False),
        ("shut", "shut", "shut", False),
        ("hang", "ajar", "shut", False),
    ],
)
def test_an_operation_leads_from_a_state_to_another_only_by_a_row_of_its_own(
    operation: str, state: str, to: str, leads: bool
) -> None:
    assert leads_to(DOOR, operation, state=state, to=to) is leads
