"""When a charter is complete: the Model for Improvement's questions are answered, and somebody answers for it."""

from collections.abc import Mapping, Sequence

from chassis.domain.errors import FieldError
from services.engagements.model.improvement.charter import Aim, Charter, InterventionFocus, MeasureFact
from services.engagements.model.improvement.driver_diagram import ChangeIdea
from services.engagements.model.improvement.initiative_lifecycle import CharterIncomplete

FEWEST_MEASURES, MOST_MEASURES = 4, 10
"""How many measures a family usually has; fewer or more are pointed out, not refused."""
MISSING: Mapping[str, tuple[str, str]] = {
    "no_aim": ("/aim", "an aim with a number and a date"),
    "no_outcome_measure": ("/aim/outcome_measure_id", "an outcome measure of its own, to which its aim is tied"),
    "no_balancing_measure": ("", "a balancing measure"),
    "no_quality_measure": (
        "",
        "a balancing measure of quality, for it is about value: of another quality dimension than efficient",
    ),
    "no_change_idea": ("/diagram/ideas", "a change idea in its driver diagram"),
    "no_sponsor": ("/sponsor_id", "a sponsor"),
    "no_lead": ("/lead_id", "somebody who leads the team"),
}
"""What can be missing in a charter, by code: where it belongs, and what it is."""


def missing_in(charter: Charter, *, ideas: Sequence[ChangeIdea], family: Sequence[MeasureFact]) -> list[str]:
    """Give the codes of what is missing before the charter is complete."""
    used = [measure for measure in family if measure.in_use]
    balancing = [measure for measure in used if measure.kind == "balancing"]
    quality = [measure for measure in balancing if measure.quality_dimension not in (None, "efficient")]
    of_value = charter.intervention_focus is InterventionFocus.VALUE
    there = {
        "no_aim": charter.aim is not None,
        "no_outcome_measure": charter.aim is None or _is_tied(charter.aim, used),
        "no_balancing_measure": bool(balancing),
        "no_quality_measure": bool(quality) or not of_value or not balancing,
        "no_change_idea": bool(ideas),
        "no_sponsor": charter.sponsor_id is not None,
        "no_lead": charter.lead_id is not None,
    }
    return [code for code in MISSING if not there[code]]


def refuse_incomplete(
    charter: Charter, *, ideas: Sequence[ChangeIdea], family: Sequence[MeasureFact]
) -> tuple[Aim, str]:
    """Give its aim and the measure to which that is tied; raises CharterIncomplete, which names all that is missing."""
    missing = missing_in(charter, ideas=ideas, family=family)
    aim = charter.aim
    if missing or aim is None or aim.outcome_measure_id is None:
        about = f"initiative {charter.id} needs, before it is chartered: {_listed(missing)}"
        raise CharterIncomplete(about, fields=_fields(missing))
    return aim, aim.outcome_measure_id


def refuse_loss(before: Sequence[str], after: Sequence[str], *, about: str) -> None:
    """Raise CharterIncomplete when something is missing, by its code, that was not missing before."""
    lost = [code for code in after if code not in before]
    if lost:
        raise CharterIncomplete(f"{about} keeps: {_listed(lost)}. Redraft it first", fields=_fields(lost))


def warnings_about(family: Sequence[MeasureFact]) -> list[str]:
    """Give the codes of what is unusual about a family of measures."""
    count = sum(measure.in_use for measure in family)
    if count < FEWEST_MEASURES:
        return ["few_measures"]
    return ["many_measures"] if count > MOST_MEASURES else []


def _is_tied(aim: Aim, used: Sequence[MeasureFact]) -> bool:
    return aim.outcome_measure_id in [measure.id for measure in used if measure.kind == "outcome"]


def _listed(codes: Sequence[str]) -> str:
    return "; ".join(MISSING[code][1] for code in codes)


def _fields(codes: Sequence[str]) -> list[FieldError]:
    return [FieldError(pointer=MISSING[code][0], code=code, detail=f"Missing: {MISSING[code][1]}") for code in codes]
