"""Every command line that the description shows does what it says, in the order in which somebody would try them."""

import re
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

from kombu import Connection

from cli.connection.services import services
from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.surface.samples import Samples
from tests.waiting import eventually


def test_every_sample_works(samples: Samples, instance: Instance) -> None:
    look_at_the_gateway(samples)
    admit_a_partner(samples)
    open_a_camp(samples)
    work_with_it(samples)
    answer_the_invitation(samples, instance)
    follow_up(samples)
    say_good_bye(samples)
    cancel_a_camp(samples, PlatformDriver(instance))
    for service in services():
        settle_dead_letters(samples, instance, service)

    assert samples.all() - samples.run == set()


def look_at_the_gateway(samples: Samples) -> None:
    public = ("root", "livez", "readyz", "index", "openapi", "asyncapi", "event_schema", "docs", "docs_file")
    for name in (*public, "show_portfolio", "show_transitions"):
        samples.do(name)


def admit_a_partner(samples: Samples) -> None:
    partner = samples.do("partners_propose_partner")
    path = f"/v1/partners/{partner['id']}"
    samples.knows(PARTNER_ID=partner["id"])
    samples.knows(PERSON_ID=samples.do("partners_add_person")["id"])
    samples.knows(ASSESSMENT_ID=samples.do("partners_assess_partner")["id"])
    samples.do("partners_change_partner", on=path)
    samples.do("partners_change_person", on=f"/v1/people/{samples.known['PERSON_ID']}")
    for state in ("admitted", "paused", "resumed"):
        samples.do("partners_transition_partner", state, on=path)
    for what in ("list_partners", "show_partner", "list_assessments", "show_assessment", "list_people", "show_person"):
        samples.do(f"partners_{what}")
    samples.do("show_partner_page")


def open_a_camp(samples: Samples) -> None:
    camp = samples.do("camps_announce_camp")
    samples.knows(CAMP_ID=camp["id"])
    samples.do("camps_transition_camp", "inviting", on=f"/v1/camps/{camp['id']}")
    for what in ("list_camps", "show_camp", "show_seats"):
        samples.do(f"camps_{what}")
    samples.do("camps_change_camp", on=f"/v1/camps/{camp['id']}")


def cancel_a_camp(samples: Samples, platform: PlatformDriver) -> None:
    """One that is only announced: nobody is invited to it."""
    path = f"/v1/camps/{platform.announced_camp(capacity=4)['id']}"
    samples.knows(CAMP_ID=path.rpartition("/")[2])
    samples.do("camps_transition_camp", "cancelled", on=path)


def work_with_it(samples: Samples) -> None:
    engagement = samples.first("/v1/engagements", partner_id=samples.known["PARTNER_ID"], state="draft")
    path = f"/v1/engagements/{engagement['id']}"
    coach = {"name": "Ngozi", "email": "n@x.example", "role": "coach", "language": "en", "zone": "Europe/London"}
    coach_id = samples.api.post("/v1/people", coach).body["id"]
    successor_id = samples.api.post("/v1/people", coach | {"email": "s@x.example"}).body["id"]
    samples.knows(ENGAGEMENT_ID=engagement["id"], LEAD_COACH_ID=coach_id, COACH_ID=coach_id)
    samples.knows(OWNER_ID=samples.known["PERSON_ID"])
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
    samples.do("engagements_show_coaches")
    for thing in ("engagement", "milestone", "coaching_session"):
        samples.do(f"engagements_list_{thing}s")
        samples.do(f"engagements_show_{thing}")


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
    for state in ("withdrawn", "issued"):
        samples.do("camps_transition_invitation", state, on=path)
    invite_by_hand(samples, PlatformDriver(instance))
    wait_for_seats(samples, PlatformDriver(instance))
    for what in ("list_invitations", "show_invitation", "list_sessions"):
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


def links_to(address: str, instance: Instance) -> list[str]:
    """The links by which whoever has this address can answer, the oldest letter's first."""
    files = sorted(instance.parts.mail_folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    theirs = [mail for mail in mails if address in str(mail["To"])]
    return [link for mail in theirs for link in re.findall(r"http\S+/rsvp/\S+", mail.get_content())]


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
    path = f"/v1/people/{samples.known['PERSON_ID']}"
    samples.do("partners_transition_person", "left", on=path)
    samples.first("/v1/reachability", partner_id=samples.known["PARTNER_ID"])
    samples.do("notifications_list_reachability")
    samples.do("partners_transition_person", "returned", on=path)
    samples.do("partners_transition_partner", "departed", on=f"/v1/partners/{samples.known['PARTNER_ID']}")


def settle_dead_letters(samples: Samples, instance: Instance, service: str) -> None:
    for state in ("replaying", "discarded"):
        dead = given_up_on(samples, instance, service)
        samples.knows(DEAD_LETTER_ID=dead["id"])
        samples.do(f"{service}_transition_dead_letter", state, on=f"/v1/dead-letters/{service}/{dead['id']}")
    for what in ("list_dead_letters", "show_dead_letter", "replay_dead_letters", "list_audit_records"):
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
