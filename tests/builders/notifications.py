"""Recipients, milestones, policies and letters for tests: each call shows only what matters to its test."""

from datetime import UTC, date, datetime
from email.headerregistry import Address
from typing import Any

from chassis.domain.capabilities import CapabilityKeys
from services.notifications.model.copied import Recipient
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, FollowUpPolicy, Occasion
from services.notifications.model.letter import Letter, Origin, RenderedText
from services.notifications.model.letter_lifecycle import LetterState
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.templates import Institute

WRITTEN_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
INSTITUTE = Institute(
    name="the Institute",
    contact_name="Yaël Gill",
    contact_email="yael@institute.example",
    mail_domain="institute.example",
    public_url="https://partnerships.example",
)
KEYS = CapabilityKeys(("a secret of these tests alone",))
SENDER = Address("the Institute", addr_spec="us@institute.example")
CONTACT = Address("Yaël Gill", addr_spec="yael@institute.example")


def a_recipient(**shown: Any) -> Recipient:
    """Åsa, who leads partner `prt_1` and reads Swedish."""
    usual: dict[str, Any] = {
        "id": "per_leader",
        "seen_sequence": 1,
        "partner_id": "prt_1",
        "name": "Åsa Påhittad",
        "email": "asa@jonkoping.example",
        "role": "leader",
        "language": "sv",
        "zone": "Europe/Stockholm",
    }
    return Recipient(**{**usual, **shown})


def a_reached_milestone(**shown: Any) -> Occasion:
    """An aim target of partner `prt_1`, reached on 1 June 2026, coached by `per_coach`."""
    usual: dict[str, Any] = {
        "milestone_id": "mst_1",
        "sequence": 2,
        "engagement_id": "eng_1",
        "partner_id": "prt_1",
        "kind": "aim_target",
        "title": "Infections halved",
        "reached_on": date(2026, 6, 1),
        "coach_id": "per_coach",
    }
    return Occasion(**{**usual, **shown})


def policies(*, least_notice_days: int = 3, other_days: int = 21, **days: int) -> FollowUpPolicies:
    """Policies by the number of days for each kind, such as `aim_target=14`."""
    return FollowUpPolicies(
        version=1,
        least_notice_days=least_notice_days,
        by_kind={
            kind: FollowUpPolicy(name=f"after_{kind}", days=count, coach_should="…") for kind, count in days.items()
        },
        for_other_kinds=FollowUpPolicy(name="after_others", days=other_days, coach_should="…"),
    )


def a_follow_up(*, zone: str = "America/New_York", **reached: Any) -> FollowUp:
    """A follow-up that is planned, due on 15 June 2026, and has said so."""
    follow_up = FollowUp.plan(
        id="fup_1",
        occasion=a_reached_milestone(**reached),
        policies=policies(aim_target=14),
        zone=zone,
        at=WRITTEN_AT,
    )
    follow_up.recorded.clear()
    return follow_up


def a_trigger(*, category: Category = Category.MILESTONE, about_id: str = "mst_1", sequence: int = 2) -> LetterTrigger:
    """A reason to write to or about partner `prt_1`."""
    return LetterTrigger(category=category, about_id=about_id, partner_id="prt_1", sequence=sequence)


def a_letter(
    *, id: str = "dlv_1", trigger: LetterTrigger | None = None, recipient: Recipient | None = None, **written: Any
) -> Letter:
    """A letter that is ready, written on 1 June 2026 at nine o'clock in UTC."""
    text = RenderedText(
        **{
            "language": "en",
            "subject": "Well done",
            "body": "Dear Åsa,\n\nwell done.\n",
            "happened": "",
            "rule": "",
            **written,
        }
    )
    return Letter.write(
        id=id,
        trigger=trigger or a_trigger(),
        recipient=recipient or a_recipient(),
        text=text,
        message_id=f"<{id}@institute.example>",
        origin=Origin(correlation_id="req_test", causation_id="evt_1", actor="anna", reaction=None),
        at=WRITTEN_AT,
    )


def a_letter_being_sent(*, attempts: int = 1, **shown: Any) -> Letter:
    """A letter that the mail server is getting at this moment, for the first or a later time."""
    letter = a_letter(**shown)
    letter.begin_sending(at=WRITTEN_AT)
    letter.attempts = attempts
    assert letter.state is LetterState.SENDING
    return letter
