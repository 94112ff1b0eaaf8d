import json
from dataclasses import asdict, replace

import pytest

from chassis.domain.scope import PLATFORM, Scope

ONE = Scope(subject="anna", organisation="org_1", roles=("editor",))
EVERYBODY = Scope(subject="bo", organisation="*", roles=("staff",))


def test_a_caller_of_one_organisation_sees_only_what_is_its_own() -> None:
    assert ONE.narrow("owner") == {"owner": "org_1"}


def test_a_caller_of_the_whole_programme_sees_everything() -> None:
    assert EVERYBODY.narrow("owner") == {}
    assert PLATFORM.narrow("owner") == {}


def test_what_is_everybodys_to_see_is_not_narrowed() -> None:
    assert ONE.narrow(None) == {}


def test_who_is_assigned_to_some_organisations_sees_what_is_theirs() -> None:
    coach = replace(EVERYBODY, assigned=("org_1", "org_2"))

    assert coach.narrow("owner") == {"owner": {"$in": ["org_1", "org_2"]}}
    assert coach.narrow(None) == {}


def test_who_is_assigned_to_nothing_sees_nothing_that_is_somebodys() -> None:
    assert replace(EVERYBODY, assigned=()).narrow("owner") == {"owner": {"$in": []}}


def test_no_assignment_widens_what_one_of_an_organisation_sees() -> None:
    assert replace(ONE, assigned=("org_2",)).narrow("owner") == {"owner": "org_1"}


@pytest.mark.parametrize("scope", [ONE, replace(EVERYBODY, assigned=("org_1",), person="p", token_id="t"), PLATFORM])
def test_a_scope_crosses_the_wire_whole(scope: Scope) -> None:
    assert Scope.from_data(json.loads(json.dumps(asdict(scope)))) == scope


def test_a_narrowing_that_is_not_understood_is_not_ignored() -> None:
    with pytest.raises(TypeError):
        Scope.from_data({**asdict(ONE), "only_until": "noon"})


def test_an_organisation_that_is_empty_is_not_the_whole_programme() -> None:
    nobody = Scope(subject="x", organisation="", roles=())

    assert nobody.narrow("owner") == {"owner": ""}


@pytest.mark.parametrize("scope", [ONE, replace(EVERYBODY, assigned=("org_1",)), replace(EVERYBODY, assigned=())])
def test_everybody_sees_what_is_about_them_whoever_owns_it(scope: Scope) -> None:
    owned = scope.narrow("owner")

    assert replace(scope, person="per_1").narrow("owner", person_field="about") == {"$or": [owned, {"about": "per_1"}]}
    assert scope.narrow("owner", person_field="about") == owned


def test_who_sees_everything_is_not_narrowed_to_what_is_about_them() -> None:
    assert replace(EVERYBODY, person="per_1").narrow("owner", person_field="about") == {}
