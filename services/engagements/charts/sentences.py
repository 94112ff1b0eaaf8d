"""What a verdict says, in sentences: the signals with their days, and what a reader must know before believing them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from services.engagements.analysis.document import notes_of
from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.verdict import Assurance, Improvement, RunsVerdict, Verdict
from services.engagements.charts.chart import Panel, Phase
from services.engagements.charts.findings import RULES, Finding, centre_name
from services.engagements.charts.wording import days

MOST_TOLD = 6
"""Findings that are told one by one; of more the numbers are."""
NOT_ENOUGH = "Not enough data yet"
"""How the note begins without which a chart would mislead."""
KINDS = {
    Kind.RUN: "Run chart",
    Kind.INDIVIDUALS: "Chart of individual values (XmR)",
    Kind.P: "p chart (proportions)",
    Kind.U: "u chart (rates)",
    Kind.C: "c chart (counts)",
}
ASSURANCES = {
    Assurance.CONSISTENTLY_PASSES: "As it goes on now, the target is met consistently.",
    Assurance.CONSISTENTLY_FAILS: "As it goes on now, the target is missed consistently.",
    Assurance.HIT_OR_MISS: "As it goes on now, the target is sometimes met and sometimes missed.",
}
DIRECTIONS = {
    Improvement.INCREASE: "higher is better",
    Improvement.DECREASE: "lower is better",
    Improvement.NEUTRAL: "neither higher nor lower is better",
}


def sentences_of(panel: Panel) -> list[str]:
    """Return what the verdicts on a series say, one sentence for each thing, what must be known first at the head."""
    found = [(phase, each) for phase in panel.phases for each in phase.findings]
    told = [_sentence(phase, each) for phase, each in found] if len(found) <= MOST_TOLD else [_counts(found)]
    last = panel.phases[-1].verdict
    notes = list(notes_of(last))
    first = [note for note in notes if note.startswith(NOT_ENOUGH)]
    rest = [note for note in notes if note not in first]
    return [*first, *told, *_of_the_whole(last, told=bool(first or told)), *rest]


def _sentence(phase: Phase, found: Finding) -> str:
    when = days(phase.days[found.first - 1], phase.days[found.last - 1])
    return f"{found.meaning.capitalize()}: {found.what}, {when}."


def _counts(found: list[tuple[Phase, Finding]]) -> str:
    numbers = Counter((RULES[each.rule], str(each.meaning)) for _, each in found)
    parts = [f"{times} × {rule} ({meaning})" for (rule, meaning), times in numbers.items()]
    return f"{len(found)} signals: {', '.join(parts)}."


def _of_the_whole(verdict: Verdict, *, told: bool) -> Iterator[str]:
    """Yield what holds for the series as a whole; that there is nothing, where nothing else is said."""
    runs, order = verdict.order.runs, verdict.order
    whole = []
    if runs.verdict in (RunsVerdict.TOO_FEW, RunsVerdict.TOO_MANY):
        few = "few" if runs.verdict is RunsVerdict.TOO_FEW else "many"
        whole.append(f"Too {few} runs: {len(runs.runs)}, where chance makes {runs.lower} to {runs.upper}.")
    if verdict.judging.rules.longest_run_and_crossings and order.longest_run_and_crossings.signal:
        whole.append(_anhoej(verdict))
    yield from whole
    if verdict.assurance in ASSURANCES:
        yield ASSURANCES[verdict.assurance]
    if not told and not whole:
        yield "No signal: what varies, varies as chance makes it."


def _anhoej(verdict: Verdict) -> str:
    runs, limits = verdict.order.runs, verdict.order.longest_run_and_crossings
    return (
        f"Not random: the longest run has {max(runs.lengths)} points (by chance at most {limits.longest_run_max}), "
        f"the {centre_name(verdict)} is crossed {runs.crossings} × (by chance at least {limits.crossings_min})."
    )


def period_of(panel: Panel) -> tuple[date, date] | None:
    """Return the first and the last day of a series, or None if it has none."""
    found = panel.days
    return (found[0], found[-1]) if found else None
