"""What stands on a partner's timeline: types of events, each with a sentence that names nobody.

What is done every week (data points, tests, signals) is not on it: engagements shows that beside the work itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of what happens: its sentence, the field of its event with the day, if one has, and who may see it.

    What `is_internal` is by an event that never leaves the platform, and is seen by the institute alone.
    """

    what: str
    day: str | None = None
    is_internal: bool = False


def _seen(what: str, *, day: str | None = None) -> Kind:
    return Kind(what=what, day=day)


def _internal(what: str, *, day: str | None = None) -> Kind:
    return Kind(what=what, day=day, is_internal=True)


ABOUT_INQUIRIES: Mapping[str, Kind] = {
    "partners.inquiry.received": _internal("Its inquiry was received."),
    "partners.inquiry.asked_again": _internal("Somebody else inquired for it, too."),
    "partners.inquiry.information_requested": _internal("More information was asked for on its inquiry."),
    "partners.inquiry.information_given": _internal("More information was given on its inquiry."),
    "partners.inquiry.discovery_begun": _internal("Talks about a partnership began."),
    "partners.inquiry.overdue": _internal("Its inquiry was not answered in time."),
    "partners.inquiry.closed": _internal("Its inquiry was decided, and its inquirer told so."),
    "partners.inquiry.withdrawn": _internal("Its inquiry was withdrawn."),
    "partners.inquiry.reopened": _internal("Its inquiry was taken up again."),
}
"""They name no partner: an inquiry is made before there is one."""

_OF_PARTNERS: Mapping[str, Kind] = {
    "partners.partner.admitted": _seen("The partner was admitted for a term."),
    "partners.candidacy.begun": _internal("The partner came on the list of those that wait for a place."),
    "partners.candidacy.moved": _internal("The partner was given another place on the list of those that wait."),
    "partners.candidacy.place_free": _internal("The programme had a place for the partner, which waited."),
    "partners.candidacy.ended": _internal("The partner did not wait for a place any more."),
    "partners.partner.profile_changed": _seen("The description of the partner changed."),
    "partners.partner.paused": _seen("The partnership was paused.", day="paused_on"),
    "partners.partner.resumed": _seen("The partnership was resumed.", day="resumed_on"),
    "partners.partner.renewed": _seen("Another term of the partner was decided on.", day="decided_on"),
    "partners.partner.not_renewed": _seen("It was decided that no other term follows.", day="decided_on"),
    "partners.partner.renewal_reconsidered": _seen("What was decided about its next term was taken back."),
    "partners.partner.departed": _seen("The partner departed.", day="departed_on"),
    "partners.partner.graduated": _seen("The partner graduated.", day="departed_on"),
    "partners.partner.assessed": _internal("The partner was assessed.", day="assessed_on"),
    "partners.fit.assessors_differ": _internal("Those who assessed the partner differ."),
    "partners.fit.assessors_agree": _internal("Those who assessed the partner do not differ any more."),
    "partners.fit.agreed": _internal("The institute agreed on how the partner fits.", day="agreed_on"),
    "partners.fit.reconsidered": _internal("What was agreed on about its fit was taken back."),
    "partners.assessment.due": _internal("Its yearly assessment became due."),
    "partners.assessment.overdue": _internal("Its yearly assessment became overdue."),
    "partners.assessment.excused": _internal("Its yearly assessment is not awaited any more."),
    "partners.leadership.changed": _seen("Who leads the partner, or who is its sponsor, changed."),
    "partners.person.joined": _internal("A person joined."),
    "partners.person.returned": _internal("A person returned."),
    "partners.person.moved": _internal("A person went from one partner to another.", day="moved_on"),
    "partners.person.left": _internal("A person left.", day="left_on"),
    "partners.person.erased": _internal("Who a person was is erased."),
    "partners.term.anniversary": _seen("Another year of the partnership is over.", day="on"),
    "partners.term.renewal_due": _internal("It is to be decided whether another term follows.", day="on"),
    "partners.term.renewal_overdue": _internal("Whether another term follows was not decided in time.", day="on"),
    "partners.term.ended": _seen("The term of the partner ended.", day="on"),
}

_OF_FACULTY: Mapping[str, Kind] = {
    "partners.faculty.nominated": _internal("Somebody of the partner was put forward who may become faculty."),
    "partners.faculty.appointed": _internal("Somebody of the partner coaches for the institute."),
    "partners.faculty.retired": _internal("Somebody of the partner coaches for the institute no more."),
    "partners.faculty_access.requested": _internal("The partner asked for faculty."),
    "partners.faculty_access.granted": _internal("Faculty was given to the partner."),
    "partners.faculty_access.declined": _internal("No faculty was given to the partner."),
    "partners.faculty_access.withdrawn": _internal("The partner asks for faculty no more."),
    "partners.faculty_access.overdue": _internal("A request for faculty was not answered in time."),
}

OF_CONNECTIONS: Mapping[str, Kind] = {
    "partners.connection.suggested": _internal("It was suggested that it does something with another partner."),
    "partners.connection.proposed": _internal("One of two partners proposed to do something with the other."),
    "partners.connection.made": _internal("Two partners agreed to do something with each other.", day="starts_on"),
    "partners.connection.declined": _internal("What two partners might have done comes to nothing."),
    "partners.connection.ended": _internal("A connection with another partner ended.", day="ended_on"),
    "partners.connection.dormant": _internal("For long nothing is known of a connection with another partner."),
    "partners.connection.revived": _internal("Of a dormant connection a contact is known.", day="contact_on"),
}
"""They name two partners, `partner_ids`, and stand on the timelines of both."""

_OF_ENGAGEMENTS: Mapping[str, Kind] = {
    "engagements.engagement.drafted": _seen("An engagement was drafted."),
    "engagements.engagement.agreed": _seen("Both sides agreed on the engagement.", day="agreed_on"),
    "engagements.engagement.redrafted": _seen("The agreement on the engagement was taken back."),
    "engagements.engagement.activated": _seen("Work in the engagement began.", day="activated_on"),
    "engagements.engagement.coach_changed": _seen("Another coach leads the engagement."),
    "engagements.engagement.will_questioned": _seen("Those who lead the partner changed: the will is to be confirmed."),
    "engagements.engagement.will_confirmed": _seen("Somebody confirmed the will of those who lead the partner."),
    "engagements.engagement.paused": _seen("The engagement was paused."),
    "engagements.engagement.resumed": _seen("The engagement was resumed."),
    "engagements.engagement.closed": _seen("The engagement was closed.", day="closed_on"),
    "engagements.engagement.reopened": _seen("The engagement was reopened."),
    "engagements.coaching.held": _seen("A coaching session was held.", day="held_on"),
    "engagements.coaching.retracted": _seen("That a coaching session was held was taken back."),
    "engagements.milestone.planned": _seen("A milestone was planned."),
    "engagements.milestone.reached": _seen("A milestone was reached.", day="reached_on"),
    "engagements.milestone.reopened": _seen("That a milestone was reached was taken back."),
    "engagements.milestone.missed": _seen("A milestone was missed."),
    "engagements.milestone.dropped": _seen("A milestone was dropped."),
    "engagements.milestone.restored": _seen("A milestone that was dropped was restored."),
    "engagements.initiative.chartered": _seen("An initiative was chartered."),
    "engagements.initiative.signed": _seen("The charter of an initiative was signed.", day="signed_on"),
    "engagements.initiative.started": _seen("An initiative was started.", day="started_on"),
    "engagements.initiative.start_retracted": _seen("That an initiative was started was taken back."),
    "engagements.initiative.scored": _seen("The progress of an initiative was scored."),
    "engagements.initiative.stalled": _seen("An initiative stalled.", day="stalled_on"),
    "engagements.initiative.moved_on": _seen("An initiative that stalled moved on."),
    "engagements.initiative.closed": _seen("An initiative was closed.", day="closed_on"),
    "engagements.initiative.reopened": _seen("An initiative was reopened."),
}

_OF_CAMPS: Mapping[str, Kind] = {
    "camps.invitation.issued": _seen("The partner was invited to a camp."),
    "camps.invitation.accepted": _seen("The partner accepted an invitation to a camp."),
    "camps.invitation.tentative": _seen("The partner may come to a camp."),
    "camps.invitation.declined": _seen("The partner declined an invitation to a camp."),
    "camps.invitation.answer_undone": _seen("The partner took back its answer to an invitation."),
    "camps.invitation.expired": _seen("An invitation to a camp was not answered in time."),
    "camps.invitation.withdrawn": _seen("An invitation to a camp was withdrawn."),
    "camps.waitlist.joined": _seen("The partner waits for seats at a camp."),
    "camps.waitlist.promoted": _seen("Seats at a camp were offered to the partner, which waited."),
    "camps.waitlist.left": _seen("The partner does not wait for seats at a camp any more."),
    "camps.session.confirmed": _seen("The partner confirmed that it presents at a camp."),
    "camps.session.cancelled": _seen("A session of the partner at a camp was cancelled."),
    "camps.session.withdrawn": _seen("A session of the partner at a camp was withdrawn."),
    "camps.experience.shared": _seen("The partner shared an experience."),
    "camps.experience.withdrawn": _seen("The partner shares an experience no more."),
    "camps.commitment.made": _seen("The partner made a promise at a camp."),
    "camps.commitment.reported": _seen("The partner reported on a promise."),
    "camps.commitment.report_withdrawn": _seen("A report on a promise was taken back."),
    "camps.commitment.overdue": _seen("A promise became overdue."),
    "camps.commitment.released": _seen("The partner was released from a promise."),
    "camps.ask.posted": _seen("The partner asked others for help."),
    "camps.ask.fulfilled": _seen("Help that the partner asked for was given."),
    "camps.offer.made": _seen("The partner offered help to others."),
    "camps.offer.fulfilled": _seen("Help that the partner offered was given."),
}

_OF_NOTIFICATIONS: Mapping[str, Kind] = {
    "notifications.follow_up.due": _internal("A coaching follow-up became due."),
    "notifications.follow_up.completed": _internal("A coaching follow-up was completed."),
    "notifications.follow_up.skipped": _internal("A coaching follow-up was skipped."),
    "notifications.follow_up.cancelled": _internal("A coaching follow-up was cancelled."),
}

ABOUT_PARTNERS: Mapping[str, Kind] = {
    **_OF_PARTNERS,
    **_OF_FACULTY,
    **OF_CONNECTIONS,
    **_OF_ENGAGEMENTS,
    **_OF_CAMPS,
    **_OF_NOTIFICATIONS,
}
"""They name the partner that they are about; where it is null they are about the institute's own people."""
