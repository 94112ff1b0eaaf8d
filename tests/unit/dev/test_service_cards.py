"""How a service's README lists what others may count on."""

from pathlib import Path

import pytest

from cli.connection.services import services
from dev.generated import service_cards
from dev.generated.service_cards import MARK, cards, interface


@pytest.fixture
def card() -> str:
    return interface(services()["engagements"])


def test_it_lists_an_event_with_the_moment_it_is_published(card: str) -> None:
    row = next(line for line in card.splitlines() if line.startswith("| `engagements.milestone.reached` |"))

    assert "confirmed, with evidence" in row


def test_it_lists_a_reaction_with_its_event_and_effect(card: str) -> None:
    row = next(line for line in card.splitlines() if "`draft_engagement`" in line)

    assert row.startswith("| `partners.partner.admitted` | `draft_engagement` | Draft an engagement")


def test_a_service_without_reactions_has_no_table_of_them() -> None:
    silent = type("Silent", (services()["partners"],), {"reactions": ()})

    assert "**Reacts to**" not in interface(silent)


def test_what_stands_above_the_mark_is_kept() -> None:
    assert all(text.startswith(path.read_text().partition(MARK)[0]) for path, text in cards().items())


def test_a_card_is_up_to_date() -> None:
    assert {path: path.read_text() for path in cards()} == cards()


def test_a_card_without_the_mark_gets_the_tables_at_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_cards, "REPOSITORY", tmp_path)
    for name in services():
        (tmp_path / "services" / name).mkdir(parents=True)
        (tmp_path / "services" / name / "README.md").write_text("# mine\n\n")

    assert all(text.startswith("# mine\n\n" + MARK) for text in cards().values())
