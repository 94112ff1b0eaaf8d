"""Nobody is written to about what is entered as history, whatever the letter would be."""

import re
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.domain.causation import Cause
from services.notifications.model.copied import Recipient
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.use_cases.letter import write

NO_TEMPLATES: Any = SimpleNamespace()
SERVICE = Path(__file__).parents[3] / "services/notifications"
LEADER = Recipient(id="per_1", seen_sequence=1, partner_id="prt_1", name="Åsa", email="asa@region.example",
                   role="leader", language="en", zone="Europe/Stockholm")  # fmt: skip


class Untouched:
    """A unit of work that notes what is asked of it beside its cause, and does none of it."""

    def __init__(self, *, entered_as_history: bool) -> None:
        self.cause = Cause(correlation_id="req_1", entered_as_history=entered_as_history)
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        raise LookupError(name)


@pytest.mark.parametrize("category", Category)
def test_no_letter_of_any_category_is_written_about_history(category: Category) -> None:
    history: Any = Untouched(entered_as_history=True)
    news: Any = Untouched(entered_as_history=False)
    trigger = LetterTrigger(category=category, about_id="thg_1", partner_id="prt_1", sequence=1,
                            engagement_id="eng_1")  # fmt: skip

    for each in (history, news):
        with suppress(LookupError):
            write(each, NO_TEMPLATES, trigger, LEADER, {})

    assert (history.asked, bool(news.asked)) == ([], True)


def test_there_is_one_place_where_letters_are_written() -> None:
    writing = {
        str(path.relative_to(SERVICE))
        for path in SERVICE.rglob("*.py")
        if re.search(r"\bLetter\.write\(", path.read_text())
    }

    assert writing == {"use_cases/letter.py"}
