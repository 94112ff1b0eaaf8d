"""Whose people are whose."""

import pytest

from services.partners.events import PersonJoined
from services.partners.model import Role, RoleOfAPartner, RoleOfTheInstitute
from tests.builders.partners import a_person


@pytest.mark.parametrize("role", ["leader", "improver", "delegate"])
def test_leaders_improvers_and_delegates_belong_to_a_partner(role: str) -> None:
    assert a_person(role=Role(role), partner_id="prt_1").partner_id == "prt_1"

    with pytest.raises(RoleOfAPartner, match=role):
        a_person(role=Role(role), partner_id=None)


@pytest.mark.parametrize("role", ["coach", "staff"])
def test_coaches_and_staff_belong_to_the_institute(role: str) -> None:
    assert a_person(role=Role(role), partner_id=None).partner_id is None

    with pytest.raises(RoleOfTheInstitute, match="prt_1"):
        a_person(role=Role(role), partner_id="prt_1")


def test_a_role_refused_names_the_field_that_is_wrong() -> None:
    with pytest.raises(RoleOfAPartner) as refused:
        a_person(role=Role.LEADER, partner_id=None)

    assert [field["pointer"] for field in refused.value.fields] == ["/partner_id"]


def test_a_person_who_joins_is_said_with_what_it_takes_to_write_to_them() -> None:
    person = a_person(id="per_7", partner_id="prt_2", name="Åsa Påhittad", email="asa@jonkoping.example")

    assert person.recorded == [
        PersonJoined(
            person_id="per_7",
            partner_id="prt_2",
            name="Åsa Påhittad",
            email="asa@jonkoping.example",
            role="leader",
            language="sv",
            zone="Europe/Stockholm",
        )
    ]
