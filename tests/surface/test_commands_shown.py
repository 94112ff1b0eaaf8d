"""Every command line that the description shows does what it says, in the order in which somebody would try them."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection

from cli.connection.services import services
from cli.local.instance import Instance
from tests.journeys.attended_camp import attended_camp
from tests.journeys.inquiries import made_inquiry
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.programme_capacity import programme_carries
from tests.surface.samples import Samples
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(300)
NOT_BEFORE_A_CAMP_BEGINS = {("camps_decision_session", "delivered"), ("camps_decision_session", "not_delivered")}
"""No camp begins here; that they do what they say is shown by test_sessions."""


def test_every_sample_works(samples: Samples, instance: Instance) -> None:
    look_at_the_gateway(samples)
    answer_an_inquiry(samples, PlatformDriver(instance))
    admit_a_partner(samples, instance)
    wait_for_a_place(samples, instance)
    open_a_camp(samples)
    work_with_it(samples)
    answer_the_invitation(samples, instance)
    ask_and_offer(samples, PlatformDriver(instance))
    connect_two_partners(samples, PlatformDriver(instance))
    follow_up(samples)
    promise_a_test(samples, PlatformDriver(instance))
    capture_a_lesson(samples)
    read_the_harvest(samples, instance)
    say_good_bye(samples)
    close_a_camp(samples, PlatformDriver(instance))
    for service in services():
        settle_dead_letters(samples, instance, service)

    assert samples.all() - samples.run == NOT_BEFORE_A_CAMP_BEGINS


def look_at_the_gateway(samples: Samples) -> None:
    public = ("root", "livez", "readyz", "index", "openapi", "asyncapi", "event_schema", "docs", "docs_file")
    for name in (*public, "show_portfolio", "show_transitions"):
        samples.do(name)


def answer_an_inquiry(samples: Samples, platform: PlatformDriver) -> None:
    """It is acknowledged once more than a letter does it, and accepted as if its partner was proposed already."""
    samples.do("partners_make_inquiry")
    samples.knows(FORM=re.search(r'name="form" value="([^"]+)"', samples.do("show_inquiry_form"))[1])
    samples.do("send_inquiry_form")
    samples.do("show_inquiry_sent")
    inquiry = made_inquiry(platform)
    path, address = f"/v1/inquiries/{inquiry['id']}", inquiry["inquirer"]["email"]
    samples.knows(INQUIRY_ID=inquiry["id"])
    eventually(lambda: platform.api.get(path)["state"] == "acknowledged")
    samples.knows(INQUIRY_LINK=eventually(lambda: links_to(address, platform.instance, page="inquiry"))[-1])
    page = samples.do("show_inquiry_page")
    samples.knows(NONCE=re.search(r'name="nonce" value="([^"]+)"', page)[1])
    samples.do("answer_inquiry_by_link")
    platform.pretend("partners", "inquiries", inquiry["id"], state="received", partner_id=platform.proposed()["id"])
    for what in (
        "list_inquiries",
        "show_inquiry",
        "show_earlier_inquiries",
        "list_inquiry_messages",
        "note_on_inquiry",
    ):
        samples.do(f"partners_{what}")
    for state in ("acknowledged", "screening", "more_information", "discovery", "determination", "taken_back",
                  "determination", "closed", "reopened", "withdrawn"):  # fmt: skip
        samples.do("partners_transition_inquiry", state, on=path)


def decide_on_another_term(samples: Samples, platform: PlatformDriver, partner_id: str) -> None:
    """Only time brings its renewal about."""
    now = datetime.now(UTC)
    waiting = lambda: [each for each in platform.rows("terms", partner_id=partner_id) if each["next_at"] > now]  # noqa: E731
    platform.pretend("partners", "terms", eventually(waiting)[0]["_id"], told="renewal_due")
    for state in ("renewed", "renewal_reconsidered", "not_renewed"):
        samples.do("partners_transition_partner", state, on=f"/v1/partners/{partner_id}")


def admit_a_partner(samples: Samples, instance: Instance) -> None:
    partner = samples.do("partners_propose_partner")
    path = f"/v1/partners/{partner['id']}"
    samples.knows(PARTNER_ID=partner["id"])
    samples.knows(PERSON_ID=samples.do("partners_add_person")["id"])
    samples.knows(ASSESSMENT_ID=samples.do("partners_assess_partner")["id"])
    samples.do("partners_change_partner", on=path)
    samples.do("partners_change_person", on=f"/v1/people/{samples.known['PERSON_ID']}")
    for state in ("admitted", "paused", "resumed"):
        samples.do("partners_transition_partner", state, on=path)
    decide_on_another_term(samples, PlatformDriver(instance), partner["id"])
    for what in (
        "list_partners",
        "show_partner",
        "list_description_changes",
        "list_assessments",
        "show_assessment",
        "list_people",
        "show_person",
    ):
        samples.do(f"partners_{what}")
    samples.do("partners_list_timeline")
    samples.do("partners_show_term")
    samples.do("partners_draw_reach")
    samples.do("partners_show_leadership")
    samples.do("show_partner_page")
    agree_on_its_fit(samples, instance, path)


def agree_on_its_fit(samples: Samples, instance: Instance, path: str) -> None:
    samples.do("partners_transition_assessment", "withdrawn", on=f"{path}/assessments/{samples.known['ASSESSMENT_ID']}")
    first = samples.do("partners_assess_partner")
    found_alike = {"judgements": first["judgements"]}
    instance.api(subject="another assessor").post(f"{path}/assessments", found_alike)
    for decision in ("agreed", "reconsidered"):
        samples.do("partners_decision_partner", decision, on=f"{path}/fit")
    samples.do("partners_show_fit")


def nominate(samples: Samples) -> None:
    """Somebody of the partner that shared an experience, for the faculty."""
    member = samples.do("partners_nominate_faculty")
    path = f"/v1/faculty/{member['id']}"
    samples.knows(FACULTY_MEMBER_ID=member["id"])
    samples.do("partners_change_faculty_member", on=path)
    for state in ("considered", "withdrawn", "reconsidered", "invited", "declined", "reconsidered", "invited",
                  "orienting", "active", "emeritus", "reinstated"):  # fmt: skip
        samples.do("partners_transition_faculty_member", state, on=path)
    for what in ("list_faculty", "show_faculty_member"):
        samples.do(f"partners_{what}")
    request_faculty(samples, of=member)


def request_faculty(samples: Samples, *, of: Any) -> None:
    """By a partner in the programme; whom it is given is another partner's person."""
    asked = samples.do("partners_request_faculty")
    path = f"/v1/faculty-requests/{asked['id']}"
    samples.knows(FACULTY_REQUEST_ID=asked["id"], FACULTY_MEMBER_ID=_faculty_of_the_institute(samples))
    samples.do("partners_transition_faculty_request", "withdrawn", on=path)
    for decision in ("reopened", "declined", "reopened", "granted"):
        samples.do("partners_decision_faculty_request", decision, on=path)
    for what in ("list_faculty_requests", "show_faculty_request", "show_faculty_access"):
        samples.do(f"partners_{what}")
    samples.knows(FACULTY_MEMBER_ID=of["id"])


def _faculty_of_the_institute(samples: Samples) -> str:
    nomination = {"person_id": samples.known["LEAD_COACH_ID"], "topics": ["safer_care"], "reason": "She coaches well"}
    member = samples.api.post("/v1/faculty", nomination).body
    path = f"/v1/faculty/{member['id']}"
    for state in ("considered", "invited", "orienting", "active"):
        samples.api.transition(path, state, version=samples.api.get(path)["version"])
    return str(member["id"])


def wait_for_a_place(samples: Samples, instance: Instance) -> None:
    """A partner that is proposed while the programme carries as many as it can."""
    admitted = samples.known["PARTNER_ID"]
    samples.knows(PARTNER_ID=PlatformDriver(instance).proposed()["id"])
    with programme_carries(1, instance=instance):
        candidate = samples.do("partners_become_candidate")
    path = f"/v1/candidates/{candidate['id']}"
    samples.knows(PARTNER_ID=admitted, CANDIDATE_ID=candidate["id"])
    for state in ("moved", "withdrawn", "reinstated", "declined"):
        samples.do("partners_transition_candidate", state, on=path)
    for what in ("show_waiting_list", "show_candidate"):
        samples.do(f"partners_{what}")


def open_a_camp(samples: Samples) -> None:
    draft = samples.do("camps_plan_camp")
    samples.knows(CAMP_ID=draft["id"])
    for state in ("announced", "cancelled"):
        samples.do("camps_transition_camp", state, on=f"/v1/camps/{draft['id']}")
    camp = samples.do("camps_announce_camp")
    samples.knows(CAMP_ID=camp["id"])
    for state in ("inviting", "postponed", "rescheduled"):
        samples.do("camps_transition_camp", state, on=f"/v1/camps/{camp['id']}")
    for what in ("list_camps", "show_camp", "show_seats", "list_seat_moves"):
        samples.do(f"camps_{what}")
    samples.do("camps_change_camp", on=f"/v1/camps/{camp['id']}")


def close_a_camp(samples: Samples, platform: PlatformDriver) -> None:
    """The days that must be over for it are made so in the database: no sample waits for them."""
    camp = platform.open(platform.announced_camp(capacity=4))
    path = f"/v1/camps/{camp['id']}"
    samples.knows(CAMP_ID=camp["id"])
    platform.pretend("camps", "camps", camp["id"], answer_by="2026-01-01")
    for state in ("frozen", "unfrozen"):
        samples.do("camps_transition_camp", state, on=path)
    platform.pretend("camps", "camps", camp["id"], state="ended", next_step_at=None)
    for state in ("closed", "reopened"):
        samples.do("camps_transition_camp", state, on=path)


def read_the_harvest(samples: Samples, instance: Instance) -> None:
    """Of the camp at which something was promised: who was there reads what came out of it."""
    path = f"/v1/camps/{samples.known['CAMP_ID']}"
    samples.api.transition(path, "closed", version=samples.api.get(path)["version"])
    samples.knows(HARVEST_LINK=eventually(lambda: links_to("bo@x.example", instance, page="harvest"))[-1])
    assert "What was promised" in samples.do("show_harvest_page")


def work_with_it(samples: Samples) -> None:
    engagement = samples.first("/v1/engagements", partner_id=samples.known["PARTNER_ID"], state="draft")
    path = f"/v1/engagements/{engagement['id']}"
    coach = {"name": "Ngozi", "email": "n@x.example", "role": "coach", "language": "en", "zone": "Europe/London"}
    coach_id = samples.api.post("/v1/people", coach).body["id"]
    successor_id = samples.api.post("/v1/people", coach | {"email": "s@x.example"}).body["id"]
    samples.knows(ENGAGEMENT_ID=engagement["id"], LEAD_COACH_ID=coach_id, COACH_ID=coach_id)
    samples.knows(OWNER_ID=samples.known["PERSON_ID"])
    samples.do("engagements_show_proposed_objectives")
    for state in ("agreed", "redrafted", "agreed", "active", "paused", "resumed", "closed", "reopened"):
        samples.do("engagements_transition_engagement", state, on=path)
    improve(samples)
    samples.knows(MEASURE_ID=samples.known["UNTOUCHED_ID"])  # no data of which propose what is planned now
    plan_milestones(samples)
    session = samples.do("engagements_schedule_coaching")
    samples.knows(SESSION_ID=session["id"], COACH_ID=successor_id)
    for state in ("handed_over", "held", "retracted", "moved", "cancelled"):
        samples.do("engagements_transition_session", state, on=f"/v1/coaching-sessions/{session['id']}")
    samples.do("engagements_transition_engagement", "lead_coach_replaced", on=path)
    put_the_will_in_question(samples, path)
    samples.do("engagements_transition_engagement", "will_confirmed", on=path)
    samples.do("engagements_show_coaches")
    for thing in ("engagement", "milestone", "coaching_session"):
        samples.do(f"engagements_list_{thing}s")
        samples.do(f"engagements_show_{thing}")


def put_the_will_in_question(samples: Samples, engagement: str) -> None:
    samples.knows(SPONSOR_ID=samples.known["PERSON_ID"])
    samples.do("partners_name_sponsor", on=f"/v1/partners/{samples.known['PARTNER_ID']}/leadership")
    eventually(lambda: samples.api.get(engagement)["will_to_confirm"])


def improve(samples: Samples) -> None:
    """An initiative that is chartered with a family of two measures and a driver diagram, begun, scored and closed."""
    own, coach_id = samples.known["PERSON_ID"], samples.known["COACH_ID"]
    samples.knows(SPONSOR_ID=own, LEAD_ID=own, MEMBER_ID=own, IMPROVEMENT_ADVISOR_ID=coach_id)
    initiative = samples.do("engagements_propose_initiative")
    path = f"/v1/initiatives/{initiative['id']}"
    samples.knows(INITIATIVE_ID=initiative["id"])
    measure(samples)
    balance(samples)
    samples.do("engagements_change_initiative", on=path)
    aim = initiative["aim"] | {"outcome_measure_id": samples.known["MEASURE_ID"]}
    version = {"If_Match": f'"{samples.api.get(path)["version"]}"'}
    samples.api.call("PATCH", path, body={"aim": aim}, headers=version)
    samples.do("engagements_draw_driver_diagram", on=path)
    chartered = ("signed", "signature_withdrawn", "signed", "chartered", "redrafted", "chartered")
    for state in (*chartered, "active", "start_retracted", "active"):
        samples.do("engagements_transition_initiative", state, on=path)
    try_a_change(samples)
    samples.do("engagements_transition_initiative", "scored", on=path)
    another = {"month": "2026-06", "assessor_role": "self", "score": "2.0", "justification": "One test is done"}
    version = samples.api.get(path)["version"]
    samples.api.transition(path, "score_corrected", version=version, **another, reason="It was not done")
    for state in ("score_corrected", "closed", "reopened"):
        samples.do("engagements_transition_initiative", state, on=path)
    for what in (
        "list_initiatives", "show_initiative", "show_initiative_overview", "show_driver_diagram",
        "show_initiative_examples", "show_engagement_overview",
    ):  # fmt: skip
        samples.do(f"engagements_{what}")
    assert samples.do("engagements_depict_driver_diagram").startswith("<svg")


def promise_a_test(samples: Samples, platform: PlatformDriver) -> None:
    """A commitment for which a test is planned in the initiative that is under way, and all that becomes of it."""
    samples.knows(CAMP_ID=attended_camp(platform, samples.known["PARTNER_ID"]))
    share_an_experience(samples)
    nominate(samples)
    see_who_was_there(samples)
    commitment = samples.do("camps_make_commitment")
    path = f"/v1/commitments/{commitment['id']}"
    samples.knows(COMMITMENT_ID=commitment["id"])
    samples.do("camps_change_commitment", on=path)
    promised = samples.first("/v1/promised-tests", partner_id=samples.known["PARTNER_ID"], state="planned")
    cancelled = {
        "reason": "It is tried elsewhere",
        "version": samples.api.get(f"/v1/pdsa-cycles/{promised['cycle_id']}")["version"],
    }
    samples.api.transition(f"/v1/pdsa-cycles/{promised['cycle_id']}", "cancelled", **cancelled)
    samples.do("engagements_transition_commitment", "planned", on=f"/v1/promised-tests/{commitment['id']}")
    for state in ("reported", "report_withdrawn", "released", "resumed"):
        samples.do("camps_transition_commitment", state, on=path)
    for state in ("taken_back", "retired", "restored"):
        samples.do("camps_transition_experience", state, on=f"/v1/experiences/{samples.known['EXPERIENCE_ID']}")
    samples.do("engagements_show_camp_outcomes")
    samples.do("camps_show_harvest")
    for what in ("camps_list_commitments", "camps_show_commitment", "engagements_list_promised_tests",
                 "engagements_show_promised_test"):  # fmt: skip
        samples.do(what)


def share_an_experience(samples: Samples) -> None:
    """A draft that is reviewed, shared at a camp, taken back and retired; a promise rests on it."""
    reached = samples.api.get("/v1/invitations", partner_id=samples.known["PARTNER_ID"])["items"][0]["reasons"][0]["id"]
    samples.knows(BASED_ON_ID=_shared_by_another(samples), MILESTONE_ID=reached)
    experience = samples.do("camps_capture_experience")
    path = f"/v1/experiences/{experience['id']}"
    samples.knows(EXPERIENCE_ID=experience["id"])
    samples.do("camps_change_experience", on=path)
    samples.do("camps_decision_experience", "reviewed", on=path)
    samples.do("camps_transition_experience", "shared", on=path)
    for what in ("list_experiences", "show_experience", "list_shared_experiences", "show_shared_experience"):
        samples.do(f"camps_{what}")


def _shared_by_another(samples: Samples) -> str:
    told = {"partner_id": samples.known["PARTNER_ID"], "kind": "innovation", "title": "A checklist"}
    path = f"/v1/experiences/{samples.api.post('/v1/experiences', told).body['id']}"
    for version, (where, said) in enumerate(
        (("decisions", {"decision": "reviewed"}), ("transitions", {"to": "shared", "visibility": "partners"})), start=1
    ):
        samples.api.call("POST", f"{path}/{where}", body=said, headers={"If_Match": f'"{version}"'})
    return path.rpartition("/")[2]


def see_who_was_there(samples: Samples) -> None:
    """It is known already that somebody was present, so that saying it again says where that stands."""
    (known,) = samples.api.get("/v1/attendances", camp_id=samples.known["CAMP_ID"])["items"]
    samples.knows(DELEGATE_ID=known["delegate_id"], ATTENDANCE_ID=known["id"])
    (again,) = samples.do("camps_record_attendance")["results"]
    assert again["attendance_id"] == known["id"]
    samples.do("camps_transition_attendance", "corrected", on=f"/v1/attendances/{known['id']}")
    for what in ("list_attendances", "show_attendance", "count_attendance"):
        samples.do(f"camps_{what}")


def balance(samples: Samples) -> None:
    """What must not get worse meanwhile."""
    described = {"title": "Waiting for a bed", "kind": "balancing", "improvement": "decrease", "unit": "hours",
                 "quality_dimension": "timely", "frequency": "weekly"}  # fmt: skip
    ids = {"engagement_id": samples.known["ENGAGEMENT_ID"], "initiative_id": samples.known["INITIATIVE_ID"]}
    definition = {"definition": {"numerator": "Hours until there is a bed"}}
    samples.knows(UNTOUCHED_ID=samples.api.post("/v1/measures", described | ids | definition).body["id"])


def try_a_change(samples: Samples) -> None:
    """One cycle is adopted; the next one of its ramp is cancelled and taken up again."""
    idea = {"initiative_id": samples.known["INITIATIVE_ID"], "idea": "checklist", "objective": "develop",
            "setting": "health_care", "questions": [{"question": "Is it used?", "prediction": "Always"}]}  # fmt: skip
    first = samples.api.post("/v1/pdsa-cycles", idea).body
    acted(samples, first["id"])
    samples.knows(PREVIOUS_ID=first["id"])
    cycle = samples.do("engagements_plan_cycle")
    samples.knows(CYCLE_ID=cycle["id"])
    path = f"/v1/pdsa-cycles/{cycle['id']}"
    samples.do("engagements_change_cycle", on=path)
    for state in ("cancelled", "restored"):
        samples.do("engagements_transition_cycle", state, on=path)
    for what in ("list_cycles", "show_cycle"):
        samples.do(f"engagements_{what}")


def acted(samples: Samples, cycle_id: str) -> None:
    samples.knows(CYCLE_ID=cycle_id)
    path = f"/v1/pdsa-cycles/{cycle_id}"
    began = ("doing", "start_retracted", "doing", "studying", "resumed", "studying")
    for state in (*began, "judged", "acted", "reconsidered", "acted"):
        samples.do("engagements_transition_cycle", state, on=path)


def measure(samples: Samples) -> None:
    """A measure whose thirteen days have a shift, and that is changed in every way."""
    found = samples.do("engagements_define_measure")
    path = f"/v1/measures/{found['id']}"
    samples.knows(MEASURE_ID=found["id"])
    for day, value in enumerate((9, 8, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 2), 1):
        point = {"on": f"2026-04-{day:02}", "value": value, "denominator": 1}
        samples.api.post(f"{path}/data-points", point)
    samples.knows(SIGNAL_ID=samples.first("/v1/signals", measure_id=found["id"])["id"])
    samples.do("engagements_record_data_points")
    point_id = samples.do("engagements_record_data_point")["id"]
    samples.knows(DATA_POINT_ID=point_id)
    samples.api.transition(f"/v1/data-points/{point_id}", "corrected", version=1, value=1, reason="Seen again")
    for state in ("corrected", "withdrawn", "restored"):
        samples.do("engagements_transition_data_point", state, on=f"/v1/data-points/{point_id}")
    for state in ("retargeted", "baseline_frozen", "rebased", "rebase_undone", "redefined", "retired", "reinstated"):
        samples.do("engagements_transition_measure", state, on=path)
    for what in ("measure", "data_point", "signal"):
        samples.do(f"engagements_list_{what}s")
        samples.do(f"engagements_show_{what}")
    samples.do("engagements_show_run_chart")
    assert samples.do("engagements_draw_run_chart").startswith("<svg")
    samples.do("engagements_show_equity_gaps")
    assert samples.do("engagements_draw_equity_gaps").startswith("<svg")


def plan_milestones(samples: Samples) -> None:
    """One is reached twice, so that there are two follow-ups; another is given up, and taken up again."""
    given_up = samples.do("engagements_plan_milestone")
    for state in ("dropped", "restored"):
        move_milestone(samples, given_up, state)
    milestone = samples.do("engagements_plan_milestone")
    for state in ("at_risk", "rescheduled", "reached"):
        move_milestone(samples, milestone, state)
    close_the_follow_up(samples, milestone, "completed")
    for state in ("reopened", "reached"):
        move_milestone(samples, milestone, state)
    close_the_follow_up(samples, milestone, "skipped")
    decline_a_proposal(samples)
    samples.do("notifications_transition_follow_up", "reopened", on=f"/v1/follow-ups/{samples.known['FOLLOW_UP_ID']}")


def decline_a_proposal(samples: Samples) -> None:
    """The data of the measure have a shift that is no improvement: another one that is to decrease proposes it."""
    described = {"title": "Infections", "kind": "outcome", "improvement": "decrease", "unit": "infections",
                 "frequency": "daily", "definition": {"numerator": "Infections"}}  # fmt: skip
    found = samples.api.post("/v1/measures", described | {"engagement_id": samples.known["ENGAGEMENT_ID"]}).body
    for day, value in enumerate((9, 8, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 2), 1):
        samples.api.post(f"/v1/measures/{found['id']}/data-points", {"on": f"2026-04-{day:02}", "value": value})
    samples.knows(MEASURE_ID=found["id"])
    proposed = samples.do("engagements_plan_milestone")
    eventually(lambda: samples.api.get(f"/v1/milestones/{proposed['id']}")["state"] == "proposed")
    move_milestone(samples, proposed, "proposal_declined")


def move_milestone(samples: Samples, milestone: Any, state: str) -> None:
    samples.knows(MILESTONE_ID=milestone["id"])
    samples.do("engagements_transition_milestone", state, on=f"/v1/milestones/{milestone['id']}")


def close_the_follow_up(samples: Samples, milestone: Any, state: str) -> None:
    planned = samples.first("/v1/follow-ups", milestone_id=milestone["id"], state="planned")
    samples.knows(FOLLOW_UP_ID=planned["id"])
    samples.do("notifications_transition_follow_up", state, on=f"/v1/follow-ups/{planned['id']}")


def answer_the_invitation(samples: Samples, instance: Instance) -> None:
    invitation = samples.first("/v1/invitations", partner_id=samples.known["PARTNER_ID"], state="issued")
    path = f"/v1/invitations/{invitation['id']}"
    samples.knows(INVITATION_ID=invitation["id"])
    answer_by_the_link(samples, instance, path)
    for answer in ("tentative", "declined", "undone", "accepted"):
        samples.do("camps_answer_invitation", answer, on=path)
    name_a_delegate(samples)
    name_a_delegate_by_the_link(samples)
    for state in ("withdrawn", "issued"):
        samples.do("camps_transition_invitation", state, on=path)
    invite_a_guest(samples)
    samples.knows(CAMP_ID=samples.api.get(path)["camp_id"], PRESENTER_ID=samples.known["DELEGATE_ID"])
    share_at_a_camp(samples)
    plan_a_programme(samples, instance, path)
    invite_by_hand(samples, PlatformDriver(instance))
    wait_for_seats(samples, PlatformDriver(instance))
    for what in ("list_invitations", "show_invitation", "list_sessions", "list_untold_decisions"):
        samples.do(f"camps_{what}")


def share_at_a_camp(samples: Samples) -> None:
    """A session that is declined and accepted, told at once and later, cancelled and taken up again."""
    session = samples.do("camps_draft_session")
    path = f"/v1/sessions/{session['id']}"
    samples.knows(SESSION_ID=session["id"])
    samples.do("camps_change_session", on=path)
    for state in ("submitted", "withdrawn", "submitted"):
        samples.do("camps_transition_session", state, on=path)
    for decision in (
        "decided",
        "taken_back",
        "decided",
        "disclosed",
        "declined",
        "accepted",
        "cancelled",
        "reinstated",
    ):
        samples.do("camps_decision_session", decision, on=path)
    samples.do("camps_transition_session", "confirmed", on=path)
    samples.do("camps_show_session")


def plan_a_programme(samples: Samples, instance: Instance, invitation: str) -> None:
    """A programme that is arranged, released, and told to somebody who comes."""
    samples.api.call(
        "POST", f"{invitation}/answers", body={"answer": "accepted"},
        headers={"If_Match": f'"{samples.api.get(invitation)["version"]}"'},
    )  # fmt: skip
    reader = {
        "invitation_id": samples.known["INVITATION_ID"],
        "name": "Rea",
        "email": "rea@example.org",
        "role": "Nurse",
    }
    named = samples.api.post("/v1/delegates", reader).body
    # Of a release that is not the camp's first only who comes for sure is told, and others may have released one.
    samples.api.transition(f"/v1/delegates/{named['id']}", "confirmed", version=named["version"])
    samples.do("camps_state_availability", on=f"/v1/delegates/{samples.known['DELEGATE_ID']}/availability")
    samples.do("camps_show_availability")
    camp = samples.api.get(f"/v1/camps/{samples.api.get(invitation)['camp_id']}")
    path = f"/v1/programmes/{camp['id']}"
    samples.knows(PROGRAMME_ID=camp["id"])
    samples.do("camps_arrange_programme", on=path)
    at_its_days = [{"session_id": samples.known["SESSION_ID"], "room": "Harbour", "day": camp["starts_on"],
                    "starts": "10:00", "ends": "11:00"}]  # fmt: skip
    arranged = {"rooms": [{"name": "Harbour", "capacity": 80}], "slots": at_its_days}
    samples.api.call("PATCH", path, body=arranged, headers={"If_Match": "*"})
    for what in ("show_programme", "show_programme_conflicts"):
        samples.do(f"camps_{what}")
    for state in ("warnings_acknowledged", "acknowledgements_withdrawn"):
        samples.do("camps_transition_programme", state, on=path)
    if found := [each["key"] for each in samples.api.get(f"{path}/conflicts")["conflicts"]]:
        version = samples.api.get(path)["version"]
        samples.api.transition(path, "warnings_acknowledged", version=version, warnings=found)
    samples.do("camps_transition_programme", "released", on=path)
    samples.do("camps_show_released_programme")
    samples.knows(RELEASE_ID=samples.do("camps_list_programme_releases")["items"][0]["id"])
    samples.do("camps_show_programme_release")
    samples.knows(PROGRAMME_LINK=eventually(lambda: links_to("rea@example.org", instance, page="programme"))[-1])
    assert "Harbour" in samples.do("show_programme_page")
    assert "METHOD:PUBLISH" in samples.do("show_programme_calendar")


def name_a_delegate_by_the_link(samples: Samples) -> None:
    page = samples.do("show_delegates_page")
    samples.knows(NONCE=re.search(r'name="nonce" value="([^"]+)"', page)[1])
    samples.do("change_delegates_by_link")
    names = {
        each["name"] for each in samples.api.get("/v1/delegates", invitation_id=samples.known["INVITATION_ID"])["items"]
    }
    assert "Bo" in names


def name_a_delegate(samples: Samples) -> None:
    """Of the partner whose invitation is accepted."""
    delegate = samples.do("camps_name_delegate")
    path = f"/v1/delegates/{delegate['id']}"
    samples.knows(DELEGATE_ID=delegate["id"])
    samples.do("camps_change_delegate", on=path)
    samples.do("camps_state_needs")
    samples.do("camps_list_needs")
    for state in ("confirmed", "withdrawn", "restored", "substituted"):
        samples.do("camps_transition_delegate", state, on=path)
    for what in ("list_delegates", "show_delegate"):
        samples.do(f"camps_{what}")


def capture_a_lesson(samples: Samples) -> None:
    """At the camp that the partner attends, from a session of another industry."""
    session = {"camp_id": samples.known["CAMP_ID"], "kind": "other_industry", "title": "Who may stop a crew"}
    samples.knows(SESSION_ID=samples.api.post("/v1/sessions", session).body["id"])
    samples.knows(LESSON_ID=samples.do("camps_capture_industry_lesson")["id"])
    path = f"/v1/industry-lessons/{samples.known['LESSON_ID']}"
    samples.do("camps_correct_industry_lesson", on=path)
    for state in ("withdrawn", "restored"):
        samples.do("camps_transition_lesson", state, on=path)
    for what in ("list_industry_lessons", "show_industry_lesson"):
        samples.do(f"camps_{what}")


def ask_and_offer(samples: Samples, platform: PlatformDriver) -> None:
    """The institute brings the partner's ask together with an offer of another one, which nothing else suggests."""
    asked, own = samples.do("camps_post_ask"), samples.do("camps_make_offer")
    another = {"partner_id": platform.admitted_partner()["id"], "title": "Else", "text": "Otherwise",
               "topics": ["else"], "languages": ["pt-BR"]}  # fmt: skip
    offered = samples.api.post("/v1/offers", another).body
    samples.knows(ASK_ID=asked["id"], OFFER_ID=offered["id"])
    match = samples.do("camps_suggest_match")
    samples.knows(MATCH_ID=match["id"])
    for state in ("declined", "reconsidered", "accepted"):
        samples.do("camps_transition_match", state, on=f"/v1/matches/{match['id']}")
    for what in ("list_matches_of_ask", "list_matches", "show_match"):
        samples.do(f"camps_{what}")
    samples.knows(OFFER_ID=own["id"])
    for thing, id in (("ask", asked["id"]), ("offer", own["id"])):
        samples.do(f"camps_list_{thing}s")
        samples.do(f"camps_show_{thing}")
        samples.do(f"camps_change_{thing}", on=f"/v1/{thing}s/{id}")
        for state in ("fulfilled", "reopened", "withdrawn"):
            samples.do(f"camps_transition_{thing}", state, on=f"/v1/{thing}s/{id}")


def connect_two_partners(samples: Samples, platform: PlatformDriver) -> None:
    """What the partner of the samples proposes is agreed to in its name as if the other one had proposed it."""
    other_id = platform.admitted_partner()["id"]
    samples.knows(OTHER_PARTNER_ID=other_id)
    for name, states in (("suggest", ("proposed", "declined")), ("propose", ("active", "ended"))):
        connection = samples.do(f"partners_{name}_connection")
        samples.knows(CONNECTION_ID=connection["id"])
        platform.pretend("partners", "connections", connection["id"], proposed_by_id=other_id)
        for state in states:
            samples.do("partners_transition_connection", state, on=f"/v1/connections/{connection['id']}")
            if state == "active":
                samples.do("partners_note_contact")
    for what in ("list_connections", "show_connection", "show_network", "draw_network"):
        samples.do(f"partners_{what}")


def invite_a_guest(samples: Samples) -> None:
    """To the camp that the partner of the samples comes to."""
    guest = samples.do("camps_invite_guest")
    samples.knows(GUEST_ID=guest["id"])
    samples.do("camps_change_guest", on=f"/v1/guests/{guest['id']}")
    for what in ("list_guests", "show_guest"):
        samples.do(f"camps_{what}")


def wait_for_seats(samples: Samples, platform: PlatformDriver) -> None:
    """At a camp with two seats more than the first who is invited has, for a partner that needs four."""
    camp = platform.open(platform.announced_camp(capacity=6))
    path = f"/v1/invitations/{wait(samples, platform, camp)['id']}"
    samples.do("camps_show_waitlist")
    samples.do("camps_show_waitlist_place")
    samples.do("camps_transition_invitation", "offered_fewer", on=path)
    for answer in ("waiting", "left", "rejoined", "fewer_seats"):
        samples.do("camps_answer_invitation", answer, on=path)


def wait(samples: Samples, platform: PlatformDriver, camp: Any) -> Any:
    """The invitation of the partner of the samples, which waits behind another's."""
    asked = {"camp_id": camp["id"], "reason": "They would speak about their work"}
    samples.api.post("/v1/invitations", asked | {"partner_id": platform.admitted_partner()["id"]})
    waits = samples.api.post("/v1/invitations", asked | {"partner_id": samples.known["PARTNER_ID"]}).body
    samples.knows(CAMP_ID=camp["id"], INVITATION_ID=waits["id"])
    return waits


def invite_by_hand(samples: Samples, platform: PlatformDriver) -> None:
    """Each time to a camp of its own, for a partner has one invitation to a camp."""
    samples.knows(CAMP_ID=platform.open(platform.announced_camp(capacity=400))["id"])
    assert samples.do("camps_issue_invitation")["state"] == "issued"
    samples.knows(CAMP_ID=platform.open(platform.announced_camp(capacity=400))["id"])
    (invited,) = samples.do("camps_issue_invitations")["results"]
    assert (invited["partner_id"], invited["state"]) == (samples.known["PARTNER_ID"], "issued")


def answer_by_the_link(samples: Samples, instance: Instance, path: str) -> None:
    samples.knows(LINK=eventually(lambda: links_to("name@example.org", instance))[-1])
    page = samples.do("show_invitation_page")
    samples.knows(NONCE=re.search(r'name="nonce" value="([^"]+)"', page)[1])
    samples.do("answer_by_link")
    assert samples.api.get(path)["state"] == "accepted"


def links_to(address: str, instance: Instance, *, page: str = "rsvp") -> list[str]:
    """The links by which whoever has this address can answer, the oldest letter's first."""
    files = sorted(instance.parts.mail_folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
    raw = [content for file in files if address.encode() in (content := file.read_bytes())]
    mails = [message_from_bytes(content, policy=policy.default) for content in raw]
    theirs = [mail for mail in mails if address in str(mail["To"])]
    return [
        link for mail in theirs for link in re.findall(rf"http\S+/{page}/\S+", mail.get_body(("plain",)).get_content())
    ]


def follow_up(samples: Samples) -> None:
    delivery = samples.first("/v1/deliveries", partner_id=samples.known["PARTNER_ID"])
    samples.knows(DELIVERY_ID=delivery["id"], ABOUT_ID=delivery["about_id"])
    for what in (
        "list_follow_ups",
        "show_follow_up",
        "explain_follow_up",
        "list_deliveries",
        "show_delivery",
        "explain_delivery",
    ):
        samples.do(f"notifications_{what}")


def say_good_bye(samples: Samples) -> None:
    samples.do("engagements_transition_engagement", "closed", on=f"/v1/engagements/{samples.known['ENGAGEMENT_ID']}")
    for state in ("graduated", "admitted"):
        samples.do("partners_transition_partner", state, on=f"/v1/partners/{samples.known['PARTNER_ID']}")
    path = f"/v1/people/{samples.known['PERSON_ID']}"
    samples.do("partners_transition_person", "role_taken", on=path)
    samples.do("partners_transition_person", "role_given_up", on=path)
    samples.do("partners_transition_person", "role_restored", on=path)
    samples.do("partners_transition_person", "left", on=path)
    samples.first("/v1/reachability", partner_id=samples.known["PARTNER_ID"])
    samples.do("notifications_list_reachability")
    samples.do("partners_transition_person", "returned", on=path)
    here = samples.known["PARTNER_ID"]
    samples.knows(PARTNER_ID=samples.known["OTHER_PARTNER_ID"])
    samples.do("partners_transition_person", "moved", on=path)
    samples.knows(PARTNER_ID=here)
    samples.do("partners_erasure_person", "complete", on=path)
    samples.do("partners_transition_partner", "departed", on=f"/v1/partners/{samples.known['PARTNER_ID']}")


def settle_dead_letters(samples: Samples, instance: Instance, service: str) -> None:
    for state in ("replaying", "discarded"):
        dead = given_up_on(samples, instance, service)
        samples.knows(DEAD_LETTER_ID=dead["id"])
        samples.do(f"{service}_transition_dead_letter", state, on=f"/v1/dead-letters/{service}/{dead['id']}")
    for what in ("list_dead_letters", "show_dead_letter", "replay_dead_letters", "list_audit_records", "export_person"):
        samples.do(f"{service}_{what}")


def given_up_on(samples: Samples, instance: Instance, service: str) -> Any:
    """A message that can be read, and that no reaction of the service wants."""
    id = f"evt_{uuid4().hex}"
    headers = {"cloudEvents_id": id, "cloudEvents_type": "nobody.knows.this", "error": "Nobody knows this"}
    with Connection(instance.parts.amqp_uri) as connection:
        connection.Producer().publish({}, routing_key=f"{service}.dead", headers=headers, serializer="json")
    found = lambda: [each for each in open_ones() if each["event_id"] == id]  # noqa: E731
    open_ones = lambda: samples.api.get(f"/v1/dead-letters/{service}", state="open", limit=100)["items"]  # noqa: E731
    return eventually(found)[0]
