from chassis.domain.errors import Conflict, DomainError, Invalid


class SeatAlreadyTaken(Conflict):
    """The seat is taken.

    A second paragraph is for readers of the code.
    """


def test_an_error_says_its_docstring_when_there_is_nothing_to_add() -> None:
    assert str(SeatAlreadyTaken()) == "The seat is taken."


def test_an_error_that_names_the_value_says_that_instead() -> None:
    assert str(SeatAlreadyTaken("seat 4 is taken")) == "seat 4 is taken"


def test_the_code_of_an_error_is_its_name_in_snake_case() -> None:
    assert SeatAlreadyTaken().code == "seat_already_taken"


def test_the_kind_of_an_error_is_that_of_its_family() -> None:
    assert SeatAlreadyTaken().kind == "conflict"
    assert Invalid().kind == "invalid"
    assert issubclass(SeatAlreadyTaken, DomainError)
