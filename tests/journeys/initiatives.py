"""An initiative under way, over HTTP, with what it needs."""

from collections.abc import Mapping
from typing import Any

from cli.connection.api import Api

DIAGRAM: Mapping[str, Any] = {
    "drivers": [
        {"code": "insertion", "level": "primary", "title": "Safe insertion"},
        {"code": "hands", "level": "secondary", "title": "Clean hands"},
    ],
    "ideas": [{"code": "bundle", "title": "The bundle"}],
    "links": [
        {"source": "insertion", "target": "aim"},
        {"source": "hands", "target": "insertion"},
        {"source": "bundle", "target": "hands"},
    ],
}


def started_initiative(api: Api, engagement: Mapping[str, Any], *, sponsor_id: str) -> dict[str, Any]:
    """An initiative that is chartered and started on the day on which work in its engagement began."""
    idea = {"engagement_id": engagement["id"], "title": "Fewer infections", "level": "regional",
            "focus_areas": ["safer_care"], "settings": ["health_care"],
            "intervention_focus": "safe_and_effective_care", "sponsor_id": sponsor_id,
            "lead_id": sponsor_id}  # fmt: skip
    initiative = api.post("/v1/initiatives", idea).body
    outcome, _ = (_measure(api, initiative, kind) for kind in ("outcome", "balancing"))
    aim = {"statement": "Halve infections", "population": "All adults", "baseline_value": "4.2",
           "target_value": "2.1", "target_date": "2099-12-31", "outcome_measure_id": outcome}  # fmt: skip
    path = f"/v1/initiatives/{initiative['id']}"
    _patch(api, f"{path}/driver-diagram", DIAGRAM, version=1)
    _patch(api, path, {"aim": aim}, version=2)
    api.transition(path, "chartered", version=3)
    return dict(api.transition(path, "active", version=4, started_on=engagement["activated_on"]))


def planned_cycle(api: Api, initiative: Mapping[str, Any]) -> dict[str, Any]:
    """A test of its one idea."""
    question = {"question": "How many hands are clean?", "prediction": "Nine of ten"}
    cycle = {"initiative_id": initiative["id"], "idea": "bundle", "objective": "test", "setting": "health_care",
             "questions": [question]}  # fmt: skip
    return dict(api.post("/v1/pdsa-cycles", cycle).body)


def _measure(api: Api, initiative: Mapping[str, Any], kind: str) -> str:
    described = {"title": f"The {kind}", "kind": kind, "improvement": "decrease", "unit": "infections",
                 "frequency": "monthly", "definition": {"numerator": "Infections"},
                 "engagement_id": initiative["engagement_id"], "initiative_id": initiative["id"]}  # fmt: skip
    return str(api.post("/v1/measures", described).body["id"])


def _patch(api: Api, path: str, body: Mapping[str, Any], *, version: int) -> None:
    api.call("PATCH", path, body=body, headers={"If-Match": f'"{version}"'})
