"""A camp that a partner attended, on an instance whose clock is the real one."""

from tests.journeys.platform_driver import PlatformDriver


def attended_camp(platform: PlatformDriver, partner_id: str) -> str:
    """Give a camp that is over, to which this partner alone was invited and came; nobody can wait for its days."""
    camp = platform.open(platform.announced_camp(capacity=4))
    asked = {"camp_id": camp["id"], "partner_id": partner_id, "reason": "It is their turn"}
    invitation = platform.api.post("/v1/invitations", asked).body
    body = {"answer": "accepted", "seats": 1}
    version = {"If_Match": f'"{invitation["version"]}"'}
    platform.api.call("POST", f"/v1/invitations/{invitation['id']}/answers", body=body, headers=version)
    somebody = {"invitation_id": invitation["id"], "name": "Bo", "email": "bo@x.example", "role": "Nurse"}
    delegate = platform.api.post("/v1/delegates", somebody).body
    platform.pretend("camps", "camps", camp["id"], starts_on="2026-06-15", ends_on="2026-06-18", state="ended",
                     next_step_at=None)  # fmt: skip
    there = {"delegate_ids": [delegate["id"]], "presence": "present", "on": "2026-06-15"}
    assert platform.api.post("/v1/attendance-batches", there | {"camp_id": camp["id"]}).body["results"][0][
        "attendance_id"
    ]
    return str(camp["id"])
