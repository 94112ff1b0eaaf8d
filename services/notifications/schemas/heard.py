"""What notifications reads of the events it hears: only the fields it needs."""

from marshmallow import fields

from chassis.schemas.fields import Count, Day, Email, Id, Language, Line, Text, Zone
from chassis.schemas.messages import EventData


class PersonJoined(EventData):
    """Heard of `partners.person.joined`."""

    person_id = Id("per", required=True)
    partner_id = Id("prt", required=True, allow_none=True)
    name = Line(required=True)
    email = Email(required=True)
    role = Line(required=True)
    language = Language(required=True)
    zone = Zone(required=True)


class PersonChanged(PersonJoined):
    """Heard of `partners.person.changed`."""


class PersonLeft(EventData):
    """Heard of `partners.person.left`."""

    person_id = Id("per", required=True)
    left_on = Day(required=True)


class PartnerProfileChanged(EventData):
    """Heard of `partners.partner.profile_changed`: what letters say of a partner."""

    partner_id = Id("prt", required=True)
    name = Line(required=True)


class PartnerDeparted(EventData):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)
    departed_on = Day(required=True)


class PartnerKnown(PartnerProfileChanged):
    """Heard of `partners.partner.admitted`: what letters say of a partner, and who leads it."""

    leader_ids = fields.List(Id("per"), required=True)


class PartnerAdmitted(PartnerKnown):
    """Heard of `partners.partner.admitted`: what its leaders are welcomed with."""

    term_starts_on = Day(required=True)
    term_ends_on = Day(required=True)


class MilestoneReached(EventData):
    """Heard of `engagements.milestone.reached`: what its leaders are told."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Line(required=True)
    reached_on = Day(required=True)


class MilestoneToCoach(MilestoneReached):
    """Heard of `engagements.milestone.reached`: what a coach needs to follow up on it."""

    engagement_id = Id("eng", required=True)
    kind = Line(required=True)
    coach_id = Id("per", required=True)


class MilestoneReopened(EventData):
    """Heard of `engagements.milestone.reopened`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Line(required=True)


class MilestoneMissed(MilestoneReopened):
    """Heard of `engagements.milestone.missed`: what the coach is told."""

    due_on = Day(required=True)
    coach_id = Id("per", required=True)


class MilestoneAtRisk(MilestoneMissed):
    """Heard of `engagements.milestone.at_risk`: what the coach is told."""

    reason = Text(longest=2000, required=True)


class CoachingHeld(EventData):
    """Heard of `engagements.coaching.held`."""

    session_id = Line(longest=60, required=True)
    engagement_id = Id("eng", required=True)
    milestone_id = Id("mst", required=True, allow_none=True)
    held_on = Day(required=True)


class Reason(EventData):
    """Why a partner is invited."""

    title = Line(required=True)


class SeatsOffered(EventData):
    """What a partner is offered, whether at once or after it waited."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)
    camp_title = Line(required=True)
    place = Line(required=True)
    zone = Zone(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    seats = Count(required=True)
    reasons = fields.List(fields.Nested(Reason), required=True)


class InvitationIssued(SeatsOffered):
    """Heard of `camps.invitation.issued`."""

    answer_by = Day(required=True)


class WaitlistPromoted(SeatsOffered):
    """Heard of `camps.waitlist.promoted`."""

    offer_until = fields.AwareDateTime(format="iso", required=True)


class InvitationLinkMade(EventData):
    """Heard of `camps.invitation.link_made`."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)
    link = fields.URL(require_tld=False, required=True)


class InvitationDeclined(EventData):
    """Heard of `camps.invitation.declined`."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)


class InvitationAccepted(InvitationDeclined):
    """Heard of `camps.invitation.accepted`."""

    seats = Count(required=True)


class InvitationTentative(InvitationDeclined):
    """Heard of `camps.invitation.tentative`."""


class InvitationAnswerUndone(InvitationDeclined):
    """Heard of `camps.invitation.answer_undone`."""

    state = Line(required=True)


class InvitationEnded(InvitationDeclined):
    """Heard of `camps.invitation.withdrawn` and `.expired`."""
