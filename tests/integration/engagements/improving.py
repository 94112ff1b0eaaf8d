"""An engagement that works on something: its initiatives, their measures and tests, for tests to act on."""

from typing import Any

from tests.integration.engagements.harness import Answer, EngagementsHarness

DIAGRAM: Answer = {
    "drivers": [
        {"code": "insertion", "level": "primary", "title": "Safe insertion"},
        {"code": "hands", "level": "secondary", "title": "Clean hands <script>alert(1)</script>"},
    ],
    "ideas": [{"code": "bundle", "title": "The bundle"}],
    "links": [
        {"source": "insertion", "target": "aim"},
        {"source": "hands", "target": "insertion"},
        {"source": "bundle", "target": "hands", "strength": "weak"},
    ],
}
QUESTION = {"question": "How many hands are clean?", "prediction": "Nine of ten"}


class Improving:
    """An engagement under way, with what initiatives need."""

    def __init__(self, engagements: EngagementsHarness) -> None:
        self.engagements = engagements
        self.engagement = engagements.active()
        self.sponsor = engagements.person("per_sponsor", partner_id="prt_1", role="leader")
        self.lead = engagements.person("per_lead", partner_id="prt_1", role="improver")

    def idea(self, **described: Any) -> Answer:
        usual = {"title": "Fewer infections", "level": "regional", "focus_areas": ["safer_care"],
                 "settings": ["health_care"], "intervention_focus": "safe_and_effective_care"}  # fmt: skip
        return self.engagements.command("propose_initiative", engagement_id=self.engagement["id"], **usual | described)

    def measure(self, initiative: Answer, kind: str, **described: Any) -> Answer:
        usual = {"title": f"The {kind}", "improvement": "decrease", "unit": "infections", "frequency": "monthly",
                 "definition": {"numerator": "Infections"}}  # fmt: skip
        return self.engagements.command("define_measure", engagement_id=self.engagement["id"], kind=kind,
                                        initiative_id=initiative["id"], **usual | described)  # fmt: skip

    def do(self, operation: str, thing: Answer, **facts: Any) -> Answer:
        """Change an initiative or a cycle from what was seen of it; it must succeed."""
        name = "cycle_id" if thing["id"].startswith("pds_") else "initiative_id"
        return self.engagements.command(operation, **{name: thing["id"]}, version=thing["version"], **facts)

    def described(self) -> Answer:
        """An idea with all that a charter needs."""
        idea = self.idea(sponsor_id=self.sponsor, lead_id=self.lead)
        outcome = self.measure(idea, "outcome")
        self.measure(idea, "balancing", quality_dimension="timely")
        aim = {"statement": "Halve infections", "population": "All adults", "baseline_value": "4.20",
               "target_value": "2.1", "target_date": "2026-12-31", "outcome_measure_id": outcome["id"]}  # fmt: skip
        drawn = self.do("draw_driver_diagram", idea, **DIAGRAM)
        return self.do("change_initiative", drawn, aim=aim)

    def active(self) -> Answer:
        chartered = self.do("charter_initiative", self.described())
        return self.do("start_initiative", chartered, started_on="2026-05-01")

    def cycle(self, initiative: Answer, **planned: Any) -> Answer:
        usual = {"idea": "bundle", "objective": "test", "setting": "health_care", "questions": [QUESTION]}
        return self.engagements.command("plan_cycle", initiative_id=initiative["id"], **usual | planned)

    def acted(self, initiative: Answer, decision: str = "adopt", match: str = "matched", **planned: Any) -> Answer:
        doing = self.do("start_cycle", self.cycle(initiative, **planned), started_on="2026-05-20")
        studying = self.do("study_cycle", doing, done_on="2026-05-22", as_planned=True, observations="All went well")
        judgement = {"question": 1, "match": match, "result": "Ten of ten"}
        judged = self.do("judge_predictions", studying, judgements=[judgement])
        return self.do("act_on_cycle", judged, decision=decision, learning="It works")

    def seen(self, thing: Answer) -> Answer:
        if thing["id"].startswith("pds_"):
            return self.engagements.command("show_cycle", cycle_id=thing["id"])
        return self.engagements.command("show_initiative", initiative_id=thing["id"])

    def overview(self, initiative: Answer) -> Answer:
        return self.engagements.command("show_initiative_overview", initiative_id=initiative["id"])
