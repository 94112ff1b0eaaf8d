"""Engagements' contents page: everything it answers, and everything it reacts to."""

from datetime import timedelta
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.persistence.claims import Claims
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from services.engagements.drawing import Drawing
from services.engagements.repository.engagement import Camps, CoachingSessions, Engagements, Milestones, People
from services.engagements.repository.improvement import Initiatives, PdsaCycles, PromisedTests
from services.engagements.repository.industry_lessons import IndustryLessons
from services.engagements.repository.measurement import (
    Charts,
    DataPointBatches,
    DataPoints,
    DataWatches,
    EquityGaps,
    Measures,
    Signals,
)
from services.engagements.repository.proposed_objectives import ProposedObjectivesOfPartners
from services.engagements.settings import SECTIONS
from services.engagements.use_cases import (
    camp,
    coaching_session,
    engagement,
    evidence,
    lead_coach,
    milestone,
    person,
    proposed_objectives,
    will,
)
from services.engagements.use_cases.improvement import change_idea, initiative, pdsa_cycle, promised_test, scoring
from services.engagements.use_cases.measurement import batch, data_point, equity_gap, judging, measure, watching
from services.engagements.views import (
    camp_outcomes,
    chart_picture,
    equity_gap_picture,
    improvement,
    measurement,
    portfolio,
    promises,
)
from services.engagements.views import engagement as views
from services.engagements.views import equity_gap as equity_gaps
from services.engagements.views import proposed_objectives as objectives

MISSING_LEASE_SECONDS = 30
"""How long one process may take to miss one milestone."""
JUDGING_LEASE_SECONDS = 30
"""How long one process may take to judge one series, or one gap."""
STALLING_LEASE_SECONDS = 30
"""How long one process may take to note that one initiative has stalled."""

LATENESS_LEASE_SECONDS = 30
"""How long one process may take to note that the data of one measure are late."""
CLEARING_LEASE_SECONDS = 30
"""How long one process may take to clear away some rows of one batch."""


class AccessProvider(DependencyProvider):
    """Injects for how long faculty see an engagement that has ended."""

    def get_dependency(self, worker_ctx: Any) -> timedelta:
        """Take the setting."""
        return timedelta(days=config["ACCESS_AFTER_END_DAYS"])


class FormerEmployerProvider(DependencyProvider):
    """Injects for how long who left a partner does not coach it."""

    def get_dependency(self, worker_ctx: Any) -> timedelta:
        """Take the setting."""
        return timedelta(days=config["FORMER_EMPLOYER_DAYS"])


class DrawingProvider(DependencyProvider):
    """Injects who draws charts."""

    def setup(self) -> None:
        """Prepare to draw; a process for it begins with the first chart."""
        self.drawing = Drawing()

    def stop(self) -> None:
        """End that process."""
        self.drawing.end()

    def get_dependency(self, worker_ctx: Any) -> Drawing:
        """Inject the one of this process."""
        return self.drawing


class EngagementsService(Service):
    """What is being worked on, and is it getting better."""

    name = "engagements"
    settings = SECTIONS
    access_after_end = AccessProvider()
    former_employer_period = FormerEmployerProvider()
    drawing = DrawingProvider()
    repositories = (
        Engagements,
        Milestones,
        CoachingSessions,
        People,
        Measures,
        DataPoints,
        DataPointBatches,
        DataWatches,
        Charts,
        Signals,
        EquityGaps,
        Initiatives,
        PdsaCycles,
        PromisedTests,
        Camps,
        IndustryLessons,
        ProposedObjectivesOfPartners,
    )
    reactions = (
        engagement.draft_engagement,
        engagement.refresh_partner,
        engagement.pause_with_partner,
        engagement.resume_with_partner,
        engagement.close_with_partner,
        *proposed_objectives.REACTIONS,
        *will.REACTIONS,
        person.keep_person,
        person.keep_departure,
        person.make_assignable,
        person.forget_person,
        judging.await_judgement,
        judging.await_judgement_of_batch,
        judging.await_judgement_of_all,
        watching.watch_data,
        watching.watch_with_engagement,
        evidence.weigh_evidence,
        camp.keep_camp,
        camp.forget_camp,
        promised_test.plan_pdsa_cycle,
        change_idea.make_change_idea,
        change_idea.withdraw_change_idea,
        promised_test.drop_promised_test,
        promised_test.plan_waiting_tests,
        promised_test.keep_report,
        promised_test.keep_report_withdrawn,
    )
    commands = (
        engagement.agree_engagement,
        engagement.redraft_engagement,
        engagement.activate_engagement,
        engagement.pause_engagement,
        engagement.resume_engagement,
        engagement.close_engagement,
        engagement.reopen_engagement,
        lead_coach.replace_lead_coach,
        *will.COMMANDS,
        milestone.plan_milestone,
        milestone.reach_milestone,
        milestone.reopen_milestone,
        milestone.decline_proposal,
        milestone.reschedule_milestone,
        milestone.put_milestone_at_risk,
        milestone.drop_milestone,
        milestone.restore_milestone,
        coaching_session.schedule_coaching,
        coaching_session.hold_coaching,
        coaching_session.retract_coaching,
        coaching_session.move_coaching,
        coaching_session.cancel_coaching,
        coaching_session.hand_over_coaching,
        measure.define_measure,
        measure.redefine_measure,
        measure.freeze_baseline,
        measure.rebase_measure,
        measure.undo_rebase,
        measure.retarget_measure,
        measure.retire_measure,
        measure.reinstate_measure,
        data_point.record_data_point,
        data_point.correct_data_point,
        data_point.withdraw_data_point,
        data_point.restore_data_point,
        batch.record_data_points,
        batch.receive_data_points,
        batch.discard_data_points,
        initiative.propose_initiative,
        initiative.change_initiative,
        initiative.draw_driver_diagram,
        initiative.sign_charter,
        initiative.withdraw_signature,
        initiative.charter_initiative,
        initiative.redraft_initiative,
        initiative.start_initiative,
        initiative.retract_initiative_start,
        initiative.close_initiative,
        initiative.reopen_initiative,
        scoring.score_initiative,
        scoring.correct_score,
        pdsa_cycle.plan_cycle,
        pdsa_cycle.change_cycle,
        pdsa_cycle.start_cycle,
        pdsa_cycle.retract_cycle_start,
        pdsa_cycle.study_cycle,
        pdsa_cycle.resume_cycle,
        pdsa_cycle.judge_predictions,
        pdsa_cycle.act_on_cycle,
        pdsa_cycle.reconsider_cycle,
        pdsa_cycle.cancel_cycle,
        pdsa_cycle.restore_cycle,
        promised_test.place_promised_test,
    )
    queries = (
        views.show_assignment,
        views.show_coaches,
        views.show_engagement,
        views.list_engagements,
        views.list_depth,
        portfolio.show_engagement_overview,
        views.show_milestone,
        views.list_milestones,
        views.show_coaching_session,
        views.list_coaching_sessions,
        measurement.show_measure,
        measurement.list_measures,
        measurement.show_data_point,
        measurement.list_data_points,
        measurement.show_run_chart,
        chart_picture.draw_run_chart,
        equity_gaps.show_equity_gaps,
        equity_gap_picture.draw_equity_gaps,
        measurement.show_signal,
        measurement.list_signals,
        improvement.show_initiative,
        improvement.list_initiatives,
        improvement.show_initiative_examples,
        improvement.show_initiative_overview,
        improvement.show_driver_diagram,
        improvement.depict_driver_diagram,
        improvement.show_cycle,
        improvement.list_cycles,
        camp_outcomes.show_camp_outcomes,
        camp_outcomes.draw_camp_outcomes,
        promises.show_promised_test,
        promises.list_promised_tests,
        *objectives.QUERIES,
    )

    @timer("JUDGE_LOOP_SECONDS")
    def judge_series(self) -> None:
        """Judge the series of data that have changed."""
        claims = Claims(
            self.store, collection=Charts.collection, owner=PROCESS_NAME, lease_seconds=JUDGING_LEASE_SECONDS
        )
        judging.judge_series(store=self.store, claims=claims)

    @timer("JUDGE_LOOP_SECONDS")
    def judge_gaps(self) -> None:
        """Judge the gaps between focus groups and their references that have changed."""
        gaps = EquityGaps.collection
        claims = Claims(self.store, collection=gaps, owner=PROCESS_NAME, lease_seconds=JUDGING_LEASE_SECONDS)
        equity_gap.judge_gaps(store=self.store, claims=claims)

    @timer("DUE_LOOP_SECONDS")
    def miss_milestones(self) -> None:
        """Miss what nobody has confirmed by its day."""
        milestones = Milestones.collection
        claims = Claims(self.store, collection=milestones, owner=PROCESS_NAME, lease_seconds=MISSING_LEASE_SECONDS)
        milestone.miss_milestones(store=self.store, claims=claims)

    @timer("DUE_LOOP_SECONDS")
    def stall_initiatives(self) -> None:
        """Note what has stood still for too long."""
        initiatives = Initiatives.collection
        claims = Claims(self.store, collection=initiatives, owner=PROCESS_NAME, lease_seconds=STALLING_LEASE_SECONDS)
        scoring.stall_initiatives(store=self.store, claims=claims)

    @timer("DUE_LOOP_SECONDS")
    def clear_batches(self) -> None:
        """Clear away the rows of batches that did not come to their end, or were discarded."""
        batches = DataPointBatches.collection
        claims = Claims(self.store, collection=batches, owner=PROCESS_NAME, lease_seconds=CLEARING_LEASE_SECONDS)
        batch.clear_batches(store=self.store, claims=claims)

    @timer("DUE_LOOP_SECONDS")
    def find_stale_data(self) -> None:
        """Say that data are late which nobody has recorded by their time."""
        watches = DataWatches.collection
        claims = Claims(self.store, collection=watches, owner=PROCESS_NAME, lease_seconds=LATENESS_LEASE_SECONDS)
        watching.find_stale_data(store=self.store, claims=claims)
