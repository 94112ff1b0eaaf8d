"""Whose things are whose: every operation on something by its id, as seen by everybody who could ask."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from cli.connection.api import Refused
from cli.connection.services import services
from cli.local.instance import Instance
from dev.generated.roles_table import routes
from gateway.endpoints.route import Route
from tests.journeys.partner_isolation import CALLERS, TwoTenants, assessment, status
from tests.journeys.platform_driver import PlatformDriver

#                       owner other staff coach faculty auditor integrator
SEEN_BY_ITS_PARTNER = (200, 404, 200, 200, 404, 200, 200)
SEEN_BY_EVERYBODY = (200, 200, 200, 200, 200, 200, 200)
SEEN_BY_THE_INSTITUTE = (403, 403, 200, 200, 404, 200, 403)
SHARED_WITH_NOBODY = (404,) * 7
"""A draft is no shared experience, whoever asks."""
SEEN_BY_STAFF = (403, 403, 200, 404, 404, 200, 403)
SEATS = (403, 403, 200, 200, 200, 200, 403)
LOOKED_AFTER = (403, 403, 200, 403, 403, 403, 403)
# What changes something is asked for with a version that is long past: 412 is who could have done it.
DECIDED_BY_THE_INSTITUTE = (403, 403, 412, 403, 403, 403, 403)
DECIDED_BY_ADMINISTRATORS = (403,) * 7
"""None of these callers is one."""
ADDED_BY_THE_INSTITUTE = (403, 403, 201, 403, 403, 403, 403)
GIVEN_BY_THE_INSTITUTE = (403, 403, 422, 403, 403, 403, 403)
"""Of people or to partners whom nobody ever heard of: 422 is who could have given them."""
IMPROVED = (412, 404, 412, 412, 404, 403, 403)
MEASURED = (422, 404, 422, 422, 404, 403, 403)
"""In the future: 422 is who could have recorded it."""
COACHED = (403, 403, 412, 412, 404, 403, 403)
DECIDED_BY_THE_INSTITUTE_ALONE = (404, 404, 412, 403, 403, 403, 403)
"""Of what the institute made, and partners may make, too."""
ANSWERED = (412, 404, 412, 403, 403, 403, 403)

CONTACTED = (409, 404, 409, 403, 403, 403, 403)
"""It is only proposed: 409 is who could have noted one."""
NEEDS_STATED = (200, 404, 200, 403, 403, 403, 403)

COACH = "the coach who leads the engagement of the one whose things are asked for"
REASON = {"reason": "It was said so"}
SCORE = {"month": "2026-03", "assessor_role": "self", "score": "2.5", "justification": "Seen"}
ANSWERED_YES = dict.fromkeys(("clearly_different", "reason_known", "desirable", "expected_to_continue"), True)


class Row(NamedTuple):
    """What each caller gets, and what they say."""

    gets: tuple[int, ...]
    says: dict[str, Any] | None = None


ROWS = {
    "partners.show_partner": Row(SEEN_BY_ITS_PARTNER),
    "partners.list_description_changes": Row(SEEN_BY_ITS_PARTNER),
    "partners.change_partner": Row(DECIDED_BY_THE_INSTITUTE, {"name": "Another"}),
    "partners.admit_partner": Row(
        DECIDED_BY_THE_INSTITUTE,
        {"reasons": ["Will"], "term_starts_on": "2026-01-01", "term_ends_on": "2028-12-31"},
    ),
    "partners.pause_partner": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.resume_partner": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.renew_partner": Row(DECIDED_BY_THE_INSTITUTE, {"reasons": ["Will"], "term_ends_on": "2031-12-31"}),
    "partners.let_term_end": Row(DECIDED_BY_THE_INSTITUTE, {"reasons": ["Its aim is reached"]}),
    "partners.reconsider_renewal": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.graduate_partner": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.depart_partner": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.list_timeline": Row(SEEN_BY_ITS_PARTNER),
    "partners.show_term": Row(SEEN_BY_ITS_PARTNER),
    "partners.list_assessments": Row(SEEN_BY_THE_INSTITUTE),
    "partners.show_assessment": Row(SEEN_BY_THE_INSTITUTE),
    "partners.assess_partner": Row(ADDED_BY_THE_INSTITUTE, dict(assessment())),
    "partners.withdraw_assessment": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.show_fit": Row(SEEN_BY_THE_INSTITUTE),
    "partners.agree_on_fit": Row(DECIDED_BY_THE_INSTITUTE, {"verdicts": []}),
    "partners.reconsider_fit": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.show_leadership": Row(SEEN_BY_ITS_PARTNER),
    "partners.name_sponsor": Row(DECIDED_BY_THE_INSTITUTE, {"sponsor_id": None}),
    "partners.show_inquiry": Row(SEEN_BY_STAFF),
    "partners.show_earlier_inquiries": Row(SEEN_BY_STAFF),
    "partners.list_inquiry_messages": Row(SEEN_BY_STAFF),
    "partners.note_on_inquiry": Row(ADDED_BY_THE_INSTITUTE, {"text": "Spoke with them"}),
    "partners.acknowledge_inquiry": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.screen_inquiry": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.ask_inquirer": Row(DECIDED_BY_THE_INSTITUTE, {"question": "How many hospitals are there?"}),
    "partners.begin_discovery": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.determine_inquiry": Row(DECIDED_BY_THE_INSTITUTE, {"outcome": "almost", "answer": "Not yet", **REASON}),
    "partners.take_back_determination": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.close_inquiry": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.withdraw_inquiry": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.reopen_inquiry": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.show_candidate": Row(SEEN_BY_STAFF),
    "partners.move_candidate": Row(DECIDED_BY_THE_INSTITUTE, {"place": 1, **REASON}),
    "partners.withdraw_candidate": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.decline_candidate": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.reinstate_candidate": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.show_faculty_member": Row(SEEN_BY_STAFF),
    "partners.change_faculty_member": Row(DECIDED_BY_THE_INSTITUTE, {"topics": ["safer_care"]}),
    "partners.consider_faculty": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.reconsider_faculty": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.invite_faculty": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.orient_faculty": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.appoint_faculty": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.decline_faculty": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.withdraw_faculty": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.retire_faculty": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.reinstate_faculty": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.show_faculty_request": Row(SEEN_BY_ITS_PARTNER),
    "partners.grant_faculty_request": Row(GIVEN_BY_THE_INSTITUTE, {"faculty_member_ids": ["fac_somebody"]}),
    "partners.decline_faculty_request": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.reopen_faculty_request": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.withdraw_faculty_request": Row(ANSWERED, REASON),
    "partners.show_connection": Row(SEEN_BY_ITS_PARTNER),
    "partners.note_contact": Row(CONTACTED, {"note": "We met"}),
    "partners.take_up_connection": Row(ANSWERED, {}),
    "partners.agree_to_connection": Row(ANSWERED, {}),
    "partners.decline_connection": Row(ANSWERED, REASON),
    "partners.end_connection": Row(ANSWERED, {"result": "Both hold a huddle"}),
    "partners.show_person": Row(SEEN_BY_ITS_PARTNER),
    "partners.change_person": Row(DECIDED_BY_THE_INSTITUTE, {"name": "Another"}),
    "partners.leave_person": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "partners.take_role": Row(DECIDED_BY_THE_INSTITUTE, {"role": "delegate"}),
    "partners.give_up_role": Row(DECIDED_BY_THE_INSTITUTE, {"role": "delegate"}),
    "partners.restore_role": Row(DECIDED_BY_THE_INSTITUTE, {"role": "delegate"} | REASON),
    "partners.move_person": Row(GIVEN_BY_THE_INSTITUTE, {"partner_id": "prt_another", "role": "leader"} | REASON),
    "partners.return_person": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "partners.export_person": Row(DECIDED_BY_ADMINISTRATORS),
    "engagements.export_person": Row(DECIDED_BY_ADMINISTRATORS),
    "camps.export_person": Row(DECIDED_BY_ADMINISTRATORS),
    "notifications.export_person": Row(DECIDED_BY_ADMINISTRATORS),
    "partners.erase_person": Row(DECIDED_BY_ADMINISTRATORS, REASON),
    "/v1/partners/<partner_id>/page": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_coaches": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_engagement": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_proposed_objectives": Row(SEEN_BY_THE_INSTITUTE),
    "engagements.agree_engagement": Row(
        DECIDED_BY_THE_INSTITUTE, {"for_partner": "Åsa", "for_institute": "Bo", "agreed_on": "2026-01-10"}
    ),
    "engagements.activate_engagement": Row(
        DECIDED_BY_THE_INSTITUTE, {"lead_coach_id": COACH, "activated_on": "2026-01-12"}
    ),
    "engagements.redraft_engagement": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "engagements.pause_engagement": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "engagements.resume_engagement": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "engagements.close_engagement": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "engagements.reopen_engagement": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "engagements.confirm_will": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "engagements.replace_lead_coach": Row(DECIDED_BY_THE_INSTITUTE, {"coach_id": COACH}),
    "engagements.show_milestone": Row(SEEN_BY_ITS_PARTNER),
    "engagements.reach_milestone": Row(IMPROVED, {"reached_on": "2026-05-01", "evidence": "Seen"}),
    "engagements.reopen_milestone": Row(IMPROVED, REASON),
    "engagements.reschedule_milestone": Row(IMPROVED, {**REASON, "due_on": "2099-12-01"}),
    "engagements.put_milestone_at_risk": Row(IMPROVED, REASON),
    "engagements.drop_milestone": Row(IMPROVED, REASON),
    "engagements.restore_milestone": Row(IMPROVED, REASON),
    "engagements.decline_proposal": Row(IMPROVED, REASON),
    "engagements.show_measure": Row(SEEN_BY_ITS_PARTNER),
    "engagements.redefine_measure": Row(
        IMPROVED, {**REASON, "definition": {"numerator": "Others"}, "effective_from": "2026-06-01"}
    ),
    "engagements.freeze_baseline": Row(IMPROVED, {**REASON, "baseline_points": 12}),
    "engagements.rebase_measure": Row(IMPROVED, {**REASON, "begins_on": "2026-06-01", "answers": ANSWERED_YES}),
    "engagements.undo_rebase": Row(IMPROVED, REASON),
    "engagements.retarget_measure": Row(IMPROVED, {**REASON, "target": 3}),
    "engagements.retire_measure": Row(IMPROVED, REASON),
    "engagements.reinstate_measure": Row(IMPROVED, REASON),
    "engagements.list_data_points": Row(SEEN_BY_ITS_PARTNER),
    "engagements.record_data_point": Row(MEASURED, {"on": "2099-06-01", "value": 3}),
    "engagements.record_data_points": Row(MEASURED, {"data_points": [{"on": "2099-06-01", "value": 3}]}),
    "engagements.show_run_chart": Row(SEEN_BY_ITS_PARTNER),
    "engagements.draw_run_chart": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_equity_gaps": Row(SEEN_BY_ITS_PARTNER),
    "engagements.draw_equity_gaps": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_data_point": Row(SEEN_BY_ITS_PARTNER),
    "engagements.correct_data_point": Row(IMPROVED, {**REASON, "value": 3}),
    "engagements.withdraw_data_point": Row(IMPROVED, REASON),
    "engagements.restore_data_point": Row(IMPROVED, REASON),
    "engagements.show_signal": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_initiative": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_initiative_overview": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_engagement_overview": Row(SEEN_BY_ITS_PARTNER),
    "engagements.show_driver_diagram": Row(SEEN_BY_ITS_PARTNER),
    "engagements.depict_driver_diagram": Row(SEEN_BY_ITS_PARTNER),
    "engagements.change_initiative": Row(IMPROVED, {"title": "Another"}),
    "engagements.draw_driver_diagram": Row(IMPROVED, {"ideas": []}),
    "engagements.sign_charter": Row(IMPROVED, {"signed_on": "2026-03-02"}),
    "engagements.withdraw_signature": Row(IMPROVED, REASON),
    "engagements.charter_initiative": Row(IMPROVED, {}),
    "engagements.redraft_initiative": Row(IMPROVED, REASON),
    "engagements.start_initiative": Row(IMPROVED, {"started_on": "2026-03-02"}),
    "engagements.retract_initiative_start": Row(IMPROVED, REASON),
    "engagements.score_initiative": Row(IMPROVED, SCORE),
    "engagements.correct_score": Row(IMPROVED, REASON | SCORE),
    "engagements.close_initiative": Row(IMPROVED, REASON | {"outcome": "achieved"}),
    "engagements.reopen_initiative": Row(IMPROVED, REASON),
    "engagements.show_cycle": Row(SEEN_BY_ITS_PARTNER),
    "engagements.change_cycle": Row(IMPROVED, {"tasks": []}),
    "engagements.start_cycle": Row(IMPROVED, {"started_on": "2026-03-02"}),
    "engagements.retract_cycle_start": Row(IMPROVED, REASON),
    "engagements.study_cycle": Row(
        IMPROVED, {"done_on": "2026-03-02", "as_planned": True, "observations": "All went well"}
    ),
    "engagements.resume_cycle": Row(IMPROVED, REASON),
    "engagements.judge_predictions": Row(
        IMPROVED, {"judgements": [{"question": 1, "match": "matched", "result": "Ten of ten"}]}
    ),
    "engagements.act_on_cycle": Row(IMPROVED, {"decision": "adopt", "learning": "It works"}),
    "engagements.reconsider_cycle": Row(IMPROVED, REASON),
    "engagements.cancel_cycle": Row(IMPROVED, REASON),
    "engagements.restore_cycle": Row(IMPROVED, REASON),
    "engagements.show_promised_test": Row(SEEN_BY_ITS_PARTNER),
    "engagements.place_promised_test": Row(IMPROVED, {"initiative_id": "ini_01k9x3q0w5m8k4t7v2z9y6c1d3"}),
    "engagements.show_coaching_session": Row(SEEN_BY_ITS_PARTNER),
    "engagements.hold_coaching": Row(COACHED, {"held_on": "2026-03-02", "notes": None}),
    "engagements.retract_coaching": Row(COACHED, REASON),
    "engagements.move_coaching": Row(
        COACHED, {**REASON, "held_at": "2099-03-02T12:00:00.000Z", "zone": "Europe/Stockholm"}
    ),
    "engagements.cancel_coaching": Row(COACHED, REASON),
    "engagements.hand_over_coaching": Row(COACHED, {"coach_id": COACH}),
    "camps.show_camp": Row(SEEN_BY_EVERYBODY),
    "camps.announce_planned_camp": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.freeze_camp": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.unfreeze_camp": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.postpone_camp": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.reschedule_camp": Row(
        DECIDED_BY_THE_INSTITUTE, {"starts_on": "2101-06-15", "ends_on": "2101-06-18", "answer_by": "2101-04-15"}
    ),
    "camps.close_camp": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.show_harvest": Row(SEEN_BY_EVERYBODY),
    "camps.reopen_camp": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.open_invitations": Row(DECIDED_BY_THE_INSTITUTE, {"answer_by": "2101-04-15"}),
    "camps.change_camp": Row(DECIDED_BY_THE_INSTITUTE, {"title": "Another"}),
    "camps.cancel_camp": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.show_seats": Row(SEATS),
    "camps.show_waitlist": Row(SEATS),
    "camps.list_seat_moves": Row(SEATS),
    "camps.show_invitation": Row(SEEN_BY_ITS_PARTNER),
    "camps.accept_invitation": Row(ANSWERED, {"seats": 1}),
    "camps.answer_tentatively": Row(ANSWERED, {}),
    "camps.decline_invitation": Row(ANSWERED, REASON),
    "camps.undo_answer": Row(ANSWERED, {}),
    "camps.show_waitlist_place": Row(SEEN_BY_ITS_PARTNER),
    "camps.take_fewer_seats": Row(ANSWERED, {"seats": 1}),
    "camps.wait_on": Row(ANSWERED, {}),
    "camps.leave_waitlist": Row(ANSWERED, REASON),
    "camps.rejoin_waitlist": Row(ANSWERED, {}),
    "camps.offer_fewer_seats": Row(DECIDED_BY_THE_INSTITUTE, {"seats": 1}),
    "camps.show_shared_experience": Row(SHARED_WITH_NOBODY),
    "camps.show_experience": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_experience": Row(ANSWERED, {"title": "Another"}),
    "camps.review_experience": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.share_experience": Row(ANSWERED, {"visibility": "partners"}),
    "camps.take_experience_back": Row(ANSWERED, REASON),
    "camps.retire_experience": Row(ANSWERED, REASON),
    "camps.restore_experience": Row(ANSWERED, REASON),
    "camps.show_commitment": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_commitment": Row(ANSWERED, {"what": "Another"}),
    "camps.report_commitment": Row(ANSWERED, {"outcome": "adopted", "learning": "It works"}),
    "camps.withdraw_report": Row(ANSWERED, REASON),
    "camps.release_commitment": Row(ANSWERED, REASON),
    "camps.resume_commitment": Row(ANSWERED, REASON),
    "camps.withdraw_invitation": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.reissue_invitation": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.show_released_programme": Row(SEEN_BY_EVERYBODY),
    "camps.show_programme_release": Row(SEEN_BY_EVERYBODY),
    "camps.show_programme": Row(SEATS),
    "camps.show_programme_conflicts": Row(SEATS),
    "camps.arrange_programme": Row(DECIDED_BY_THE_INSTITUTE, {"slots": []}),
    "camps.acknowledge_warnings": Row(DECIDED_BY_THE_INSTITUTE, {"warnings": ["unconfirmed:ses_1"]}),
    "camps.withdraw_acknowledgements": Row(DECIDED_BY_THE_INSTITUTE, {"warnings": ["unconfirmed:ses_1"]}),
    "camps.release_programme": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.show_availability": Row(SEEN_BY_ITS_PARTNER),
    "camps.state_availability": Row(ANSWERED, {"unavailable": []}),
    "camps.show_session": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_session": Row(ANSWERED, {"title": "Another"}),
    "camps.submit_session": Row(ANSWERED, {}),
    "camps.confirm_session": Row(ANSWERED, {}),
    "camps.withdraw_session": Row(ANSWERED, {}),
    "camps.accept_session": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.decline_session": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.decide_session": Row(DECIDED_BY_THE_INSTITUTE, {"verdict": "accepted"}),
    "camps.take_back_decision": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.disclose_decision": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.cancel_session": Row(DECIDED_BY_THE_INSTITUTE, REASON),
    "camps.reinstate_session": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.deliver_session": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.undo_delivery": Row(DECIDED_BY_THE_INSTITUTE, {}),
    "camps.show_guest": Row(SEEN_BY_STAFF),
    "camps.change_guest": Row(DECIDED_BY_THE_INSTITUTE, {"industry": "Aviation"}),
    "camps.show_delegate": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_delegate": Row(ANSWERED, {"role": "Nurse"}),
    "camps.confirm_delegate": Row(ANSWERED, {}),
    "camps.substitute_delegate": Row(ANSWERED, {"name": "Cy", "email": "cy@x.example"}),
    "camps.withdraw_delegate": Row(ANSWERED, {}),
    "camps.restore_delegate": Row(ANSWERED, {}),
    "camps.show_industry_lesson": Row(SEEN_BY_EVERYBODY),
    "camps.correct_industry_lesson": Row(DECIDED_BY_THE_INSTITUTE_ALONE, {"industry": "Another"}),
    "camps.withdraw_industry_lesson": Row(DECIDED_BY_THE_INSTITUTE_ALONE, REASON),
    "camps.restore_industry_lesson": Row(DECIDED_BY_THE_INSTITUTE_ALONE, {}),
    "camps.show_ask": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_ask": Row(ANSWERED, {"title": "Another"}),
    "camps.list_matches_of_ask": Row(SEEN_BY_ITS_PARTNER),
    "camps.fulfil_ask": Row(ANSWERED, {}),
    "camps.withdraw_ask": Row(ANSWERED, REASON),
    "camps.reopen_ask": Row(ANSWERED, {}),
    "camps.show_offer": Row(SEEN_BY_ITS_PARTNER),
    "camps.change_offer": Row(ANSWERED, {"title": "Another"}),
    "camps.fulfil_offer": Row(ANSWERED, {}),
    "camps.withdraw_offer": Row(ANSWERED, REASON),
    "camps.reopen_offer": Row(ANSWERED, {}),
    "camps.show_match": Row(SEEN_BY_ITS_PARTNER),
    "camps.accept_match": Row(ANSWERED, {}),
    "camps.decline_match": Row(ANSWERED, REASON),
    "camps.reconsider_match": Row(ANSWERED, {}),
    "camps.count_attendance": Row(SEATS),
    "camps.list_needs": Row(LOOKED_AFTER),
    "camps.state_needs": Row(NEEDS_STATED, {"diet": "Vegetarian"}),
    "camps.show_attendance": Row(SEEN_BY_ITS_PARTNER),
    "camps.correct_attendance": Row(DECIDED_BY_THE_INSTITUTE, {"presence": "absent"}),
    "notifications.show_follow_up": Row(SEEN_BY_ITS_PARTNER),
    "notifications.explain_follow_up": Row(SEEN_BY_ITS_PARTNER),
    "notifications.complete_follow_up": Row(COACHED, REASON),
    "notifications.skip_follow_up": Row(COACHED, REASON),
    "notifications.reopen_follow_up": Row(COACHED, REASON),
    "notifications.show_delivery": Row(SEEN_BY_ITS_PARTNER),
    "notifications.explain_delivery": Row(SEEN_BY_ITS_PARTNER),
    **{f"{service}.show_dead_letter": Row(LOOKED_AFTER) for service in services()},
    **{f"{service}.replay_dead_letter": Row(DECIDED_BY_THE_INSTITUTE, {}) for service in services()},
    **{f"{service}.discard_dead_letter": Row(DECIDED_BY_THE_INSTITUTE, REASON) for service in services()},
}


class Asked(NamedTuple):
    """One thing that can be asked of something by its id."""

    name: str
    route: Route
    choice: dict[str, str]


def asked_by_id() -> Iterator[Asked]:
    for route in routes():
        if "<" in route.path and route.transitions:
            yield from (Asked(operation, route, {route.choice: to}) for to, operation in route.transitions.items())
        elif "<" in route.path:
            yield Asked(route.operation or route.path, route, {})


EVERYTHING = list(asked_by_id())


@pytest.fixture(scope="module")
def tenants(instance: Instance) -> TwoTenants:
    return TwoTenants(PlatformDriver(instance))


@pytest.mark.parametrize("asked", EVERYTHING, ids=lambda asked: asked.name)
def test_everybody_gets_what_is_theirs_to_get(tenants: TwoTenants, asked: Asked) -> None:
    assert asked.name in ROWS, f"who may ask {asked.name} of whose things? Add a row, written by hand."
    row, path = ROWS[asked.name], tenants.path(asked.route.path)
    says = {name: tenants.one.coach_id if value is COACH else value for name, value in (row.says or {}).items()}
    body = None if row.says is None else says | asked.choice
    version = {"If_Match": '"999999"'} if asked.route.needs_if_match else {}

    got = {name: status(api, asked.route.method, path, body, **version) for name, api in tenants.callers.items()}

    assert got == dict(zip(CALLERS, row.gets, strict=True))


def test_every_row_is_about_something_that_can_be_asked() -> None:
    assert set(ROWS) == {asked.name for asked in EVERYTHING}


NOBODYS_IN_PARTICULAR = ("/v1/dead-letters/", "/v1/audit-records/", "/v1/initiative-examples", "/v1/camp-outcomes")
"""Of the platform, or the same for everybody."""
OF_THE_INSTITUTE = (
    *("/v1/untold-decisions", "/v1/guests", "/v1/inquiries", "/v1/faculty", "/v1/faculty-access"),
    "/v1/candidates",
)
"""Lists that the institute alone may have."""
IN_ONE_ANSWER = ("/v1/faculty-access", "/v1/candidates")
"""Figures, and a list in the order of its places, which have no pages."""
ALL_LISTS = [route for route in routes() if route.method == "GET" and "<" not in route.path]
LISTS = [
    route for route in ALL_LISTS if not route.path.startswith(NOBODYS_IN_PARTICULAR) and not route.path.endswith(".svg")
]


@pytest.mark.parametrize("route", LISTS, ids=lambda route: route.path)
@pytest.mark.parametrize("caller", ["other", "faculty"])
def test_what_is_anothers_is_in_no_list(tenants: TwoTenants, route: Route, caller: str) -> None:
    if caller == "other" and route.path in OF_THE_INSTITUTE:
        assert status(tenants.callers[caller], "GET", route.path) == 403
        return

    is_whole = route.aggregates or route.picture or route.path in IN_ONE_ANSWER
    listed = tenants.callers[caller].get(route.path, limit=None if is_whole else 100)

    assert not tenants.one.is_seen_in(listed)


def test_what_is_ones_own_is_in_the_lists(tenants: TwoTenants) -> None:
    ours = [route for route in LISTS if route.path not in OF_THE_INSTITUTE]
    seen = {route.path for route in ours if tenants.one.is_seen_in(tenants.callers["owner"].get(route.path))}

    assert seen >= {"/v1/partners", "/v1/people", "/v1/milestones", "/v1/follow-ups", "/v1/deliveries"}


@pytest.mark.parametrize("service", sorted(services()))
def test_who_did_what_is_seen_by_who_answers_for_it(tenants: TwoTenants, service: str) -> None:
    path = f"/v1/audit-records/{service}"

    got = {name: status(api, "GET", path) for name, api in tenants.callers.items()}

    assert got == dict(zip(CALLERS, (200, 200, 403, 403, 403, 200, 403), strict=True))
    assert status(tenants.callers["faculty"], "GET", f"/v1/dead-letters/{service}") == 403


def test_what_one_did_and_what_another_tried_is_in_the_audit(tenants: TwoTenants) -> None:
    path, milestone = "/v1/audit-records/engagements", tenants.one.ids["milestone_id"]
    status(tenants.callers["other"], "GET", f"/v1/milestones/{milestone}")

    everything = tenants.callers["auditor"].get(path, resource=milestone, limit=100)["items"]
    of_another = tenants.callers["other"].get(path, limit=100)["items"]

    assert ("staff", "engagements.reach_milestone", "done") in {_told(each) for each in everything}
    assert ("other", "engagements.show_milestone", "refused") in {_told(each) for each in everything}
    assert {each["organisation"] for each in of_another} == {tenants.another.id}


def _told(record: Any) -> tuple[str, str, str]:
    return record["subject"], record["operation"], record["outcome"]


@pytest.mark.parametrize("caller", ["other", "faculty"])
@pytest.mark.parametrize(
    "path",
    [
        "/v1/people",
        "/v1/engagements",
        "/v1/milestones",
        "/v1/invitations",
        "/v1/delegates",
        "/v1/follow-ups",
        "/v1/deliveries",
    ],
)
def test_to_ask_for_anothers_gives_nothing(tenants: TwoTenants, caller: str, path: str) -> None:
    assert tenants.callers[caller].get(path, partner_id=tenants.one.id)["items"] == []


@pytest.mark.parametrize("caller", ["other", "faculty"])
def test_nothing_is_added_to_what_is_anothers(tenants: TwoTenants, caller: str) -> None:
    milestone = {
        "engagement_id": tenants.one.ids["engagement_id"], "kind": "spread", "title": "Ours", "due_on": "2099-12-01",
    }  # fmt: skip

    assert status(tenants.callers[caller], "POST", "/v1/milestones", milestone) == 422


@pytest.mark.parametrize("member", ["engagement_id", "milestone_id"])
def test_nobody_is_coached_about_what_is_anothers(tenants: TwoTenants, member: str) -> None:
    session = {
        "engagement_id": tenants.another.ids["engagement_id"], "milestone_id": tenants.another.ids["milestone_id"],
        "held_at": "2026-03-02T10:00:00+01:00", "zone": "Europe/Stockholm",
    }  # fmt: skip

    their_own = status(tenants.callers["faculty"], "POST", "/v1/coaching-sessions", session)
    anothers = status(
        tenants.callers["faculty"], "POST", "/v1/coaching-sessions", session | {member: tenants.one.ids[member]}
    )

    assert (their_own, anothers) == (201, 422)


def test_a_cursor_of_anothers_list_shows_nothing_of_it(tenants: TwoTenants) -> None:
    begun = tenants.callers["owner"].get("/v1/milestones", limit=1)
    assert begun["next_cursor"]

    try:
        gone_on: Any = tenants.callers["other"].get("/v1/milestones", cursor=begun["next_cursor"])
    except Refused as refused:
        assert refused.status == 400
        gone_on = refused.problem

    assert not tenants.one.is_seen_in(gone_on)


def test_a_key_that_another_used_gives_nothing_of_theirs(tenants: TwoTenants) -> None:
    key, milestone = uuid4().hex, {"kind": "spread", "title": "Half of all wards", "due_on": "2099-12-01"}
    one, another = tenants.one.ids["engagement_id"], tenants.another.ids["engagement_id"]

    theirs = tenants.callers["owner"].post("/v1/milestones", {**milestone, "engagement_id": one}, Idempotency_Key=key)
    own = tenants.callers["other"].post("/v1/milestones", {**milestone, "engagement_id": another}, Idempotency_Key=key)
    again = status(
        tenants.callers["other"], "POST", "/v1/milestones", {**milestone, "engagement_id": one}, Idempotency_Key=key
    )

    assert own.body["partner_id"] == tenants.another.id
    assert own.body["id"] != theirs.body["id"]
    assert again == 422
