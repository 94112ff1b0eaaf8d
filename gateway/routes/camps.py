"""Camps, invitations, guests, delegates and sessions."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.endpoints.route import Route, transitions_of

CAMP_TRANSITIONS = {
    "announced": "camps.announce_planned_camp",
    "inviting": "camps.open_invitations",
    "frozen": "camps.freeze_camp",
    "unfrozen": "camps.unfreeze_camp",
    "postponed": "camps.postpone_camp",
    "rescheduled": "camps.reschedule_camp",
    "closed": "camps.close_camp",
    "reopened": "camps.reopen_camp",
    "cancelled": "camps.cancel_camp",
}
ANSWERING = INSTITUTE | {Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
ANSWERS = {
    "accepted": "camps.accept_invitation",
    "tentative": "camps.answer_tentatively",
    "declined": "camps.decline_invitation",
    "undone": "camps.undo_answer",
    "fewer_seats": "camps.take_fewer_seats",
    "waiting": "camps.wait_on",
    "left": "camps.leave_waitlist",
    "rejoined": "camps.rejoin_waitlist",
}
INVITATION_TRANSITIONS = {
    "issued": "camps.reissue_invitation",
    "withdrawn": "camps.withdraw_invitation",
    "offered_fewer": "camps.offer_fewer_seats",
}
SESSION_TRANSITIONS = {
    "submitted": "camps.submit_session",
    "confirmed": "camps.confirm_session",
    "withdrawn": "camps.withdraw_session",
}
SESSION_DECISIONS = {
    "accepted": "camps.accept_session",
    "declined": "camps.decline_session",
    "decided": "camps.decide_session",
    "taken_back": "camps.take_back_decision",
    "disclosed": "camps.disclose_decision",
    "cancelled": "camps.cancel_session",
    "reinstated": "camps.reinstate_session",
    "delivered": "camps.deliver_session",
    "not_delivered": "camps.undo_delivery",
}
EXPERIENCE_TRANSITIONS = {
    "shared": "camps.share_experience",
    "taken_back": "camps.take_experience_back",
    "retired": "camps.retire_experience",
    "restored": "camps.restore_experience",
}
COMMITMENT_TRANSITIONS = {
    "reported": "camps.report_commitment",
    "report_withdrawn": "camps.withdraw_report",
    "released": "camps.release_commitment",
    "resumed": "camps.resume_commitment",
}
DELEGATE_TRANSITIONS = {
    "confirmed": "camps.confirm_delegate",
    "substituted": "camps.substitute_delegate",
    "withdrawn": "camps.withdraw_delegate",
    "restored": "camps.restore_delegate",
}
LESSON_TRANSITIONS = {
    "withdrawn": "camps.withdraw_industry_lesson",
    "restored": "camps.restore_industry_lesson",
}
ASK_TRANSITIONS = {"fulfilled": "camps.fulfil_ask", "withdrawn": "camps.withdraw_ask", "reopened": "camps.reopen_ask"}
OFFER_TRANSITIONS = {
    "fulfilled": "camps.fulfil_offer",
    "withdrawn": "camps.withdraw_offer",
    "reopened": "camps.reopen_offer",
}
MATCH_TRANSITIONS = {
    "accepted": "camps.accept_match",
    "declined": "camps.decline_match",
    "reconsidered": "camps.reconsider_match",
}
PROGRAMME_TRANSITIONS = {
    "released": "camps.release_programme",
    "warnings_acknowledged": "camps.acknowledge_warnings",
    "acknowledgements_withdrawn": "camps.withdraw_acknowledgements",
}
PROGRAMME = "/v1/programmes/<programme_id>"
ROUTES = (
    Route("GET", "/v1/camps", EVERYBODY, "camps.list_camps"),
    Route("POST", "/v1/camps", INSTITUTE, "camps.announce_camp"),
    Route("POST", "/v1/camp-drafts", INSTITUTE, "camps.plan_camp"),
    Route("GET", "/v1/camps/<camp_id>", EVERYBODY, "camps.show_camp"),
    Route("PATCH", "/v1/camps/<camp_id>", INSTITUTE, "camps.change_camp"),
    transitions_of("/v1/camps/<camp_id>", INSTITUTE, CAMP_TRANSITIONS, "a camp"),
    Route("GET", "/v1/camps/<camp_id>/seats", EVERYBODY, "camps.show_seats"),
    Route("GET", "/v1/camps/<camp_id>/seat-moves", EVERYBODY, "camps.list_seat_moves"),
    Route("GET", "/v1/camps/<camp_id>/waitlist", EVERYBODY, "camps.show_waitlist"),
    Route("POST", "/v1/invitation-batches", INSTITUTE, "camps.issue_invitations", creates=False),
    Route("GET", "/v1/invitations", EVERYBODY, "camps.list_invitations"),
    Route("POST", "/v1/invitations", INSTITUTE, "camps.issue_invitation"),
    Route("GET", "/v1/invitations/<invitation_id>", EVERYBODY, "camps.show_invitation"),
    Route("GET", "/v1/invitations/<invitation_id>/waitlist", EVERYBODY, "camps.show_waitlist_place"),
    transitions_of("/v1/invitations/<invitation_id>", INSTITUTE, INVITATION_TRANSITIONS, "an invitation"),
    Route(
        "POST",
        "/v1/invitations/<invitation_id>/answers",
        ANSWERING,
        transitions=ANSWERS,
        choice="answer",
        summary="Answer an invitation",
    ),
    Route("GET", "/v1/guests", EVERYBODY, "camps.list_guests"),
    Route("POST", "/v1/guests", INSTITUTE, "camps.invite_guest"),
    Route("GET", "/v1/guests/<guest_id>", EVERYBODY, "camps.show_guest"),
    Route("PATCH", "/v1/guests/<guest_id>", INSTITUTE, "camps.change_guest"),
    Route("GET", "/v1/camps/<camp_id>/programme", EVERYBODY, "camps.show_released_programme"),
    Route("GET", "/v1/programme-releases", EVERYBODY, "camps.list_programme_releases"),
    Route("GET", "/v1/programme-releases/<release_id>", EVERYBODY, "camps.show_programme_release"),
    Route("GET", PROGRAMME, EVERYBODY, "camps.show_programme"),
    Route("PATCH", PROGRAMME, INSTITUTE, "camps.arrange_programme"),
    Route("GET", f"{PROGRAMME}/conflicts", EVERYBODY, "camps.show_programme_conflicts"),
    transitions_of(PROGRAMME, INSTITUTE, PROGRAMME_TRANSITIONS, "a programme"),
    Route("GET", "/v1/delegates/<delegate_id>/availability", EVERYBODY, "camps.show_availability"),
    Route("PATCH", "/v1/delegates/<delegate_id>/availability", ANSWERING, "camps.state_availability"),
    Route("GET", "/v1/untold-decisions", EVERYBODY, "camps.list_untold_decisions"),
    Route("GET", "/v1/delegates", EVERYBODY, "camps.list_delegates"),
    Route("POST", "/v1/delegates", ANSWERING, "camps.name_delegate"),
    Route("GET", "/v1/delegates/<delegate_id>", EVERYBODY, "camps.show_delegate"),
    Route("PATCH", "/v1/delegates/<delegate_id>", ANSWERING, "camps.change_delegate"),
    transitions_of("/v1/delegates/<delegate_id>", ANSWERING, DELEGATE_TRANSITIONS, "a delegate"),
    Route("POST", "/v1/delegates/<delegate_id>/needs", ANSWERING, "camps.state_needs", creates=False),
    Route("GET", "/v1/camps/<camp_id>/needs", INSTITUTE, "camps.list_needs"),
    Route("GET", "/v1/camps/<camp_id>/attendance", EVERYBODY, "camps.count_attendance"),
    Route("GET", "/v1/attendances", EVERYBODY, "camps.list_attendances"),
    Route("POST", "/v1/attendance-batches", INSTITUTE, "camps.record_attendance", creates=False),
    Route("GET", "/v1/attendances/<attendance_id>", EVERYBODY, "camps.show_attendance"),
    transitions_of(
        "/v1/attendances/<attendance_id>", INSTITUTE, {"corrected": "camps.correct_attendance"}, "an attendance"
    ),
    Route("GET", "/v1/sessions", EVERYBODY, "camps.list_sessions"),
    Route("POST", "/v1/sessions", ANSWERING, "camps.draft_session"),
    Route("GET", "/v1/sessions/<session_id>", EVERYBODY, "camps.show_session"),
    Route("PATCH", "/v1/sessions/<session_id>", ANSWERING, "camps.change_session"),
    transitions_of("/v1/sessions/<session_id>", ANSWERING, SESSION_TRANSITIONS, "a session"),
    Route(
        "POST",
        "/v1/sessions/<session_id>/decisions",
        INSTITUTE,
        transitions=SESSION_DECISIONS,
        choice="decision",
        summary="Decide about a session",
    ),
    Route("GET", "/v1/camps/<camp_id>/harvest", EVERYBODY, "camps.show_harvest"),
    Route("GET", "/v1/commitments", EVERYBODY, "camps.list_commitments"),
    Route("POST", "/v1/commitments", ANSWERING, "camps.make_commitment"),
    Route("GET", "/v1/commitments/<commitment_id>", EVERYBODY, "camps.show_commitment"),
    Route("PATCH", "/v1/commitments/<commitment_id>", ANSWERING, "camps.change_commitment"),
    transitions_of("/v1/commitments/<commitment_id>", ANSWERING, COMMITMENT_TRANSITIONS, "a commitment"),
    Route("GET", "/v1/experiences", EVERYBODY, "camps.list_experiences"),
    Route("POST", "/v1/experiences", ANSWERING, "camps.capture_experience"),
    Route("GET", "/v1/experiences/<experience_id>", EVERYBODY, "camps.show_experience"),
    Route("PATCH", "/v1/experiences/<experience_id>", ANSWERING, "camps.change_experience"),
    transitions_of("/v1/experiences/<experience_id>", ANSWERING, EXPERIENCE_TRANSITIONS, "an experience"),
    Route(
        "POST",
        "/v1/experiences/<experience_id>/decisions",
        INSTITUTE,
        transitions={"reviewed": "camps.review_experience"},
        choice="decision",
        summary="Decide about an experience",
    ),
    Route("GET", "/v1/shared-experiences", EVERYBODY, "camps.list_shared_experiences"),
    Route("GET", "/v1/shared-experiences/<experience_id>", EVERYBODY, "camps.show_shared_experience"),
    Route("GET", "/v1/industry-lessons", EVERYBODY, "camps.list_industry_lessons"),
    Route("POST", "/v1/industry-lessons", ANSWERING, "camps.capture_industry_lesson"),
    Route("GET", "/v1/industry-lessons/<lesson_id>", EVERYBODY, "camps.show_industry_lesson"),
    Route("PATCH", "/v1/industry-lessons/<lesson_id>", ANSWERING, "camps.correct_industry_lesson"),
    transitions_of("/v1/industry-lessons/<lesson_id>", ANSWERING, LESSON_TRANSITIONS, "an industry lesson"),
    Route("GET", "/v1/asks", EVERYBODY, "camps.list_asks"),
    Route("POST", "/v1/asks", ANSWERING, "camps.post_ask"),
    Route("GET", "/v1/asks/<ask_id>", EVERYBODY, "camps.show_ask"),
    Route("PATCH", "/v1/asks/<ask_id>", ANSWERING, "camps.change_ask"),
    Route("GET", "/v1/asks/<ask_id>/matches", EVERYBODY, "camps.list_matches_of_ask"),
    transitions_of("/v1/asks/<ask_id>", ANSWERING, ASK_TRANSITIONS, "an ask"),
    Route("GET", "/v1/offers", EVERYBODY, "camps.list_offers"),
    Route("POST", "/v1/offers", ANSWERING, "camps.make_offer"),
    Route("GET", "/v1/offers/<offer_id>", EVERYBODY, "camps.show_offer"),
    Route("PATCH", "/v1/offers/<offer_id>", ANSWERING, "camps.change_offer"),
    transitions_of("/v1/offers/<offer_id>", ANSWERING, OFFER_TRANSITIONS, "an offer"),
    Route("GET", "/v1/matches", EVERYBODY, "camps.list_matches"),
    Route("POST", "/v1/matches", INSTITUTE, "camps.suggest_match"),
    Route("GET", "/v1/matches/<match_id>", EVERYBODY, "camps.show_match"),
    transitions_of("/v1/matches/<match_id>", ANSWERING, MATCH_TRANSITIONS, "a match"),
)
