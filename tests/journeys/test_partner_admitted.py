"""Journey 5, its beginning: partner admitted → engagement drafted, eligible for camps, leaders welcomed."""

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


def test_a_partner_admitted_has_an_engagement_and_its_leaders_are_welcomed(platform: PlatformDriver) -> None:
    proposed = platform.proposed("Hospital Israelita Albert Einstein")
    leaders = [platform.person("leader", partner_id=proposed["id"]) for _ in range(2)]

    partner = platform.admit(proposed)

    engagement = platform.engagement_of(partner["id"])
    assert engagement["state"] == "draft"
    assert len(engagement["key_areas"]) == 4
    eventually(lambda: len(platform.letters(category="welcome", about_id=partner["id"], state="sent")) == 2)
    for leader in leaders:
        (mail,) = platform.mails_to(leader["email"])
        assert "Hospital Israelita Albert Einstein" in mail.get_body(("plain",)).get_content()
