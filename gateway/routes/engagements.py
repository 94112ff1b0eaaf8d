"""Engagements, their milestones and the coaching of them."""

from gateway.auth import COACHES, EVERYBODY, IMPROVERS, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

ENGAGEMENT_TRANSITIONS = {
    "agreed": "engagements.agree_engagement",
    "redrafted": "engagements.redraft_engagement",
    "active": "engagements.activate_engagement",
    "paused": "engagements.pause_engagement",
    "resumed": "engagements.resume_engagement",
    "closed": "engagements.close_engagement",
    "reopened": "engagements.reopen_engagement",
    "lead_coach_replaced": "engagements.replace_lead_coach",
}
MILESTONE_TRANSITIONS = {
    "reached": "engagements.reach_milestone",
    "reopened": "engagements.reopen_milestone",
    "proposal_declined": "engagements.decline_proposal",
    "rescheduled": "engagements.reschedule_milestone",
    "at_risk": "engagements.put_milestone_at_risk",
    "dropped": "engagements.drop_milestone",
    "restored": "engagements.restore_milestone",
}
SESSION_TRANSITIONS = {
    "held": "engagements.hold_coaching",
    "retracted": "engagements.retract_coaching",
    "moved": "engagements.move_coaching",
    "cancelled": "engagements.cancel_coaching",
    "handed_over": "engagements.hand_over_coaching",
}
RUN_CHART, DRAW_RUN_CHART = "/v1/measures/<measure_id>/run-chart", "engagements.draw_run_chart"
EQUITY_GAPS, DRAW_EQUITY_GAPS = "/v1/measures/<measure_id>/equity-gaps", "engagements.draw_equity_gaps"
DRIVER_DIAGRAM, DEPICT = "/v1/initiatives/<initiative_id>/driver-diagram", "engagements.depict_driver_diagram"
MEASURE_TRANSITIONS = {
    "redefined": "engagements.redefine_measure",
    "baseline_frozen": "engagements.freeze_baseline",
    "rebased": "engagements.rebase_measure",
    "rebase_undone": "engagements.undo_rebase",
    "retargeted": "engagements.retarget_measure",
    "retired": "engagements.retire_measure",
    "reinstated": "engagements.reinstate_measure",
}
DATA_POINT_TRANSITIONS = {
    "corrected": "engagements.correct_data_point",
    "withdrawn": "engagements.withdraw_data_point",
    "restored": "engagements.restore_data_point",
}
INITIATIVE_TRANSITIONS = {
    "signed": "engagements.sign_charter",
    "signature_withdrawn": "engagements.withdraw_signature",
    "chartered": "engagements.charter_initiative",
    "redrafted": "engagements.redraft_initiative",
    "active": "engagements.start_initiative",
    "start_retracted": "engagements.retract_initiative_start",
    "scored": "engagements.score_initiative",
    "score_corrected": "engagements.correct_score",
    "closed": "engagements.close_initiative",
    "reopened": "engagements.reopen_initiative",
}
CYCLE_TRANSITIONS = {
    "doing": "engagements.start_cycle",
    "start_retracted": "engagements.retract_cycle_start",
    "studying": "engagements.study_cycle",
    "resumed": "engagements.resume_cycle",
    "judged": "engagements.judge_predictions",
    "acted": "engagements.act_on_cycle",
    "reconsidered": "engagements.reconsider_cycle",
    "cancelled": "engagements.cancel_cycle",
    "restored": "engagements.restore_cycle",
}
ROUTES = (
    Route("GET", "/v1/partners/<partner_id>/coaches", EVERYBODY, "engagements.show_coaches"),
    Route("GET", "/v1/engagements", EVERYBODY, "engagements.list_engagements"),
    Route("GET", "/v1/engagements/<engagement_id>", EVERYBODY, "engagements.show_engagement"),
    Route(
        "GET",
        "/v1/engagements/<engagement_id>/proposed-objectives",
        EVERYBODY,
        "engagements.show_proposed_objectives",
    ),
    Route("GET", "/v1/engagements/<engagement_id>/page", EVERYBODY, "engagements.show_engagement_overview"),
    transitions_of("/v1/engagements/<engagement_id>", INSTITUTE, ENGAGEMENT_TRANSITIONS, "an engagement"),
    Route("GET", "/v1/milestones", EVERYBODY, "engagements.list_milestones"),
    Route("POST", "/v1/milestones", IMPROVERS, "engagements.plan_milestone"),
    Route("GET", "/v1/milestones/<milestone_id>", EVERYBODY, "engagements.show_milestone"),
    transitions_of("/v1/milestones/<milestone_id>", IMPROVERS, MILESTONE_TRANSITIONS, "a milestone"),
    Route("GET", "/v1/coaching-sessions", EVERYBODY, "engagements.list_coaching_sessions"),
    Route("POST", "/v1/coaching-sessions", COACHES, "engagements.schedule_coaching"),
    Route("GET", "/v1/coaching-sessions/<session_id>", EVERYBODY, "engagements.show_coaching_session"),
    transitions_of("/v1/coaching-sessions/<session_id>", COACHES, SESSION_TRANSITIONS, "a coaching session"),
    Route("GET", "/v1/measures", EVERYBODY, "engagements.list_measures"),
    Route("POST", "/v1/measures", IMPROVERS, "engagements.define_measure"),
    Route("GET", "/v1/measures/<measure_id>", EVERYBODY, "engagements.show_measure"),
    transitions_of("/v1/measures/<measure_id>", IMPROVERS, MEASURE_TRANSITIONS, "a measure"),
    Route("GET", "/v1/measures/<measure_id>/data-points", EVERYBODY, "engagements.list_data_points"),
    Route("POST", "/v1/measures/<measure_id>/data-points", IMPROVERS, "engagements.record_data_point"),
    Route(
        "POST",
        "/v1/measures/<measure_id>/data-point-batches",
        IMPROVERS,
        "engagements.record_data_points",
        by_file=("engagements.receive_data_points", "engagements.discard_data_points"),
        creates=False,
    ),
    Route("GET", RUN_CHART, EVERYBODY, "engagements.show_run_chart", picture=DRAW_RUN_CHART),
    Route("GET", f"{RUN_CHART}.svg", EVERYBODY, DRAW_RUN_CHART, picture=DRAW_RUN_CHART),
    Route("GET", EQUITY_GAPS, EVERYBODY, "engagements.show_equity_gaps", picture=DRAW_EQUITY_GAPS),
    Route("GET", f"{EQUITY_GAPS}.svg", EVERYBODY, DRAW_EQUITY_GAPS, picture=DRAW_EQUITY_GAPS),
    Route("GET", "/v1/data-points/<data_point_id>", EVERYBODY, "engagements.show_data_point"),
    transitions_of("/v1/data-points/<data_point_id>", IMPROVERS, DATA_POINT_TRANSITIONS, "a data point"),
    Route("GET", "/v1/signals", EVERYBODY, "engagements.list_signals"),
    Route("GET", "/v1/signals/<signal_id>", EVERYBODY, "engagements.show_signal"),
    Route("GET", "/v1/initiatives", EVERYBODY, "engagements.list_initiatives"),
    Route("POST", "/v1/initiatives", IMPROVERS, "engagements.propose_initiative"),
    Route("GET", "/v1/initiatives/<initiative_id>", EVERYBODY, "engagements.show_initiative"),
    Route("PATCH", "/v1/initiatives/<initiative_id>", IMPROVERS, "engagements.change_initiative"),
    Route("GET", "/v1/initiatives/<initiative_id>/page", EVERYBODY, "engagements.show_initiative_overview"),
    Route("GET", DRIVER_DIAGRAM, EVERYBODY, "engagements.show_driver_diagram", picture=DEPICT),
    Route("GET", f"{DRIVER_DIAGRAM}.svg", EVERYBODY, DEPICT, picture=DEPICT),
    Route("PATCH", DRIVER_DIAGRAM, IMPROVERS, "engagements.draw_driver_diagram"),
    transitions_of("/v1/initiatives/<initiative_id>", IMPROVERS, INITIATIVE_TRANSITIONS, "an initiative"),
    Route("GET", "/v1/initiative-examples", EVERYBODY, "engagements.show_initiative_examples"),
    Route("GET", "/v1/pdsa-cycles", EVERYBODY, "engagements.list_cycles"),
    Route("POST", "/v1/pdsa-cycles", IMPROVERS, "engagements.plan_cycle"),
    Route("GET", "/v1/pdsa-cycles/<cycle_id>", EVERYBODY, "engagements.show_cycle"),
    Route("PATCH", "/v1/pdsa-cycles/<cycle_id>", IMPROVERS, "engagements.change_cycle"),
    Route(
        "GET",
        "/v1/camp-outcomes",
        EVERYBODY,
        "engagements.show_camp_outcomes",
        picture="engagements.draw_camp_outcomes",
    ),
    Route("GET", "/v1/promised-tests", EVERYBODY, "engagements.list_promised_tests"),
    Route("GET", "/v1/promised-tests/<commitment_id>", EVERYBODY, "engagements.show_promised_test"),
    transitions_of(
        "/v1/promised-tests/<commitment_id>",
        IMPROVERS,
        {"planned": "engagements.place_promised_test"},
        "a promised test",
    ),
    transitions_of("/v1/pdsa-cycles/<cycle_id>", IMPROVERS, CYCLE_TRANSITIONS, "a PDSA cycle"),
)
