from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.schemas.operations import declared
from chassis.schemas.validation import load
from services.notifications.use_cases.calendars import delegate

SAID = {
    "delegate_id": "dlg_1", "camp_id": "cmp_1", "partner_id": "prt_1", "person_id": "per_1", "name": ERASED,
    "email": erased_address("per_1"), "language": NO_LANGUAGE, "zone": NO_ZONE, "attends": "in_person",
    "camp_title": "Summer Camp 2026", "place": "Boston", "camp_zone": "America/New_York", "starts_on": "2026-07-13",
    "ends_on": "2026-07-15", "begins_at": "2026-07-13T13:00:00Z", "ends_at": "2026-07-15T21:00:00Z",
    "anchor_revision": 0, "because": "camp_cancelled",
}  # fmt: skip


def test_what_becomes_of_a_delegate_who_was_erased_is_still_heard() -> None:
    assert load(declared(delegate.tell_who_is_withdrawn).reader, SAID)["zone"] == "UTC"
