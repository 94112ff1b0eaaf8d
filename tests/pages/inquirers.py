"""Who has made an inquiry, each with the link in the letter that says so."""

from typing import Any

from tests.journeys.inquiries import made_inquiry
from tests.journeys.platform_driver import PlatformDriver
from tests.pages.guests import links_to
from tests.waiting import eventually

LINK_TO_INQUIRY = r"http\S+/inquiry/\S+"


def link_to_inquiry(platform: PlatformDriver, *steps: dict[str, str]) -> str:
    """Give the link of an inquirer whose inquiry staff have changed in these steps."""
    inquiry = made_inquiry(platform)
    link = eventually(lambda: links_to(platform, LINK_TO_INQUIRY, to=inquiry["inquirer"]["email"]))[0]
    for step in steps:
        _change(platform, inquiry["id"], step)
    return str(link)


def _change(platform: PlatformDriver, inquiry_id: str, step: dict[str, Any]) -> None:
    platform.api.call("POST", f"/v1/inquiries/{inquiry_id}/transitions", body=step, headers={"If_Match": "*"})
