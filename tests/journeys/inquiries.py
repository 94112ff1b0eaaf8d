"""An inquiry of a running instance, made as anybody makes one."""

import json
import urllib.request
from typing import Any
from uuid import uuid4

from tests.journeys.platform_driver import PlatformDriver


def made_inquiry(platform: PlatformDriver) -> Any:
    """The inquiry of an organisation that never asked before; its letters are on their way."""
    domain = f"region-{uuid4().hex[:10]}.example"
    asked = {"organisation": f"Region {domain}", "country": "SE", "contact_name": "Åsa Påhittad", "language": "sv",
             "contact_email": f"asa@{domain}", "message": "We want to make care safer."}  # fmt: skip
    assert inquire(platform, asked) == {"status": "received"}
    (inquiry,) = platform.rows("inquiries", organisation=asked["organisation"])
    return platform.api.get(f"/v1/inquiries/{inquiry['_id']}")


def inquire(platform: PlatformDriver, asked: dict[str, Any]) -> Any:
    """Make an inquiry without a token, and give what is answered."""
    sent = urllib.request.Request(f"{platform.api.gateway}/v1/inquiries", data=json.dumps(asked).encode(),
                                  headers={"Content-Type": "application/json"})  # fmt: skip
    with urllib.request.urlopen(sent, timeout=30) as answer:
        return json.load(answer)
