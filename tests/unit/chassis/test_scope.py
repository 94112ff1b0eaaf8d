from chassis.scope import PLATFORM, Scope

ONE = Scope(subject="anna", organisation="org_1", roles=("editor",))
EVERYBODY = Scope(subject="bo", organisation="*", roles=("staff",))


def test_a_caller_of_one_organisation_sees_only_what_is_its_own() -> None:
    assert ONE.narrow("owner") == {"owner": "org_1"}


def test_a_caller_of_the_whole_programme_sees_everything() -> None:
    assert EVERYBODY.narrow("owner") == {}
    assert PLATFORM.narrow("owner") == {}


def test_what_is_everybodys_to_see_is_not_narrowed() -> None:
    assert ONE.narrow(None) == {}


def test_an_organisation_that_is_empty_is_not_the_whole_programme() -> None:
    nobody = Scope(subject="x", organisation="", roles=())

    assert nobody.narrow("owner") == {"owner": ""}
