import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from services.notifications import templates
from services.notifications.model.letter_trigger import Category
from services.notifications.templates import FOLDER, LetterTemplates
from tests.builders.notifications import INSTITUTE
from tests.unit.notifications.letter_contents import ABOUT, DUE

TEMPLATES = LetterTemplates(INSTITUTE)
TO_WHO_COMES_FOR_NO_PARTNER = {each for each in Category if each.startswith("guest_")}
EVERY_TEXT = [(language, category) for language in sorted(TEMPLATES.languages) for category in Category]


@pytest.mark.parametrize(("language", "category"), EVERY_TEXT)
def test_every_text_is_complete(language: str, category: Category) -> None:
    rendered = TEMPLATES.render(category, language=language, about=ABOUT[category])

    assert rendered.language == language
    assert rendered.subject.strip()
    assert "Åsa Påhittad" in rendered.body
    assert ("Region Jönköping County" in rendered.body) is (category not in TO_WHO_COMES_FOR_NO_PARTNER)
    assert "Yaël Gill" in rendered.body
    assert "yael@institute.example" in rendered.body
    assert "{" not in rendered.subject + rendered.body
    assert "\n\n\n" not in rendered.body


INCLUDED = ("closing", "reasons", "times", "venue", "where", "where_delegate", "where_to")


def test_every_template_file_is_checked() -> None:
    written = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt")}

    checked = {f"{language}/{category}.txt" for language, category in EVERY_TEXT}

    assert written == checked | {
        f"{language}/{included}.txt" for language in TEMPLATES.languages for included in INCLUDED
    }


@pytest.mark.parametrize("category", Category)
def test_the_first_sentence_begins_as_sentences_do_in_english(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category])

    assert rendered.body.splitlines()[2][0].isupper()


@pytest.mark.parametrize("category", [Category.SESSION_MOVED, Category.SESSION_CANCELLED])
def test_a_leader_reads_with_whom_a_session_is_and_why_they_are_told(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category] | {"with_whom": "Ada Example"})

    assert rendered.subject.startswith("Coaching with Ada Example ")
    assert "our coaching session with Ada Example" in rendered.body
    assert rendered.body.endswith("because you lead Region Jönköping County, whose session this is.\n")


def test_who_is_offered_seats_is_not_told_to_be_the_first_for_somebody_may_have_let_them_go() -> None:
    rendered = TEMPLATES.render(Category.OFFER, language="en", about=ABOUT[Category.OFFER])

    assert "first" not in rendered.body


def test_the_letter_about_a_refusal_says_until_when_it_can_be_undone_and_promises_nothing() -> None:
    rendered = TEMPLATES.render(Category.DECLINED, language="en", about=ABOUT[Category.DECLINED])

    assert "undo this answer until 1 June 2026 at 09:00 (America/New_York time" in rendered.body
    assert "will invite you again" not in rendered.body


def test_a_pause_says_that_an_invitation_that_is_open_still_waits_for_its_answer() -> None:
    rendered = TEMPLATES.render(Category.PARTNERSHIP_PAUSED, language="en", about=ABOUT[Category.PARTNERSHIP_PAUSED])

    assert "An invitation that you already have still holds, also if you have not answered it yet" in rendered.body


@pytest.mark.parametrize("category", Category)
def test_every_letter_says_why_it_is_sent(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category])

    assert rendered.body.splitlines()[-1].startswith("You receive this because you ")


@pytest.mark.parametrize("category", Category)
def test_every_letter_knows_what_happened_and_by_which_rule_it_is_written(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category])

    assert re.fullmatch(r"[^.\n]*(Jönköping|Infections halved)[^.\n]*", rendered.happened)
    assert re.fullmatch(r"[^.\n]+ (is|are) [^.\n]+|[^.\n]+ follows up on [^.\n]+", rendered.rule)


SAYING_WHY = [category for category in Category if {"reason", "partner_name"} <= ABOUT[category].keys()]


@pytest.mark.parametrize("category", SAYING_WHY)
def test_a_letter_about_what_rests_or_ends_carries_the_reason_that_was_given(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category] | {"reason": "A flood in the ward"})

    assert "A flood in the ward" in rendered.body


@pytest.mark.parametrize("category", [Category.WORK_PAUSED, Category.COACHING_PAUSED])
def test_a_letter_without_a_reason_speaks_of_none(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category] | {"reason": None})

    assert "reason" not in rendered.body


def test_a_goodbye_speaks_of_no_next_camp() -> None:
    rendered = TEMPLATES.render(Category.FAREWELL, language="en", about=ABOUT[Category.FAREWELL])

    assert rendered.subject == "Thank you and goodbye, Region Jönköping County"
    assert "Merged into another region" in rendered.body
    assert "camp" not in rendered.body.lower()


def test_a_goodbye_to_who_has_come_back_meanwhile_says_that_what_is_asked_of_them_now_holds() -> None:
    about = ABOUT[Category.FAREWELL] | {"is_back": True}

    rendered = TEMPLATES.render(Category.FAREWELL, language="en", about=about)

    assert rendered.subject == "How your earlier partnership ended: Region Jönköping County"
    assert "has come back since" in rendered.body
    assert not any(untrue in rendered.body for untrue in ("Nothing more is asked", "last letter", "come back one day"))


def test_an_invitation_names_every_reason_on_a_line_of_its_own() -> None:
    rendered = TEMPLATES.render(Category.INVITATION, language="en", about=ABOUT[Category.INVITATION])

    assert "\n- Infections halved\n- Ten wards\n" in rendered.body


def test_an_invitation_without_a_reason_speaks_of_none() -> None:
    rendered = TEMPLATES.render(Category.INVITATION, language="en", about=ABOUT[Category.INVITATION] | {"reasons": []})

    assert "reached" not in rendered.body


@pytest.mark.parametrize("category", [Category.COACH_WANTED, Category.COACHING_TAKEN_OVER])
def test_follow_ups_that_are_open_are_listed_with_their_days_or_there_is_none(category: Category) -> None:
    listed, none = (
        TEMPLATES.render(category, language="en", about=ABOUT[category] | {"follow_ups": some}).body
        for some in ([DUE, DUE | {"title": "Ten wards"}], [])
    )

    assert "end of its day (Europe/Stockholm time):" in listed
    assert "\n- “Infections halved”, by 1 September 2026\n- “Ten wards”, by 1 September 2026\n" in listed
    assert "No follow-up is open." in none


@pytest.mark.parametrize("language", ["sv", "pt-BR", "en-US", "../en", ""])
def test_who_reads_a_language_we_have_no_texts_in_is_written_to_in_english(language: str) -> None:
    rendered = TEMPLATES.render(Category.MILESTONE, language=language, about=ABOUT[Category.MILESTONE])

    assert rendered.language == "en"
    assert rendered.subject == "Milestone reached: Infections halved"


@pytest.mark.parametrize("category", Category)
def test_a_text_that_lacks_something_is_not_sent(category: Category) -> None:
    for missing in ABOUT[category]:
        with pytest.raises(UndefinedError):
            TEMPLATES.render(category, language="en", about={k: v for k, v in ABOUT[category].items() if k != missing})


@given(st.text(min_size=1).filter(str.strip))
@example("halved\u2028Dear all,")
@example("halved\u202edevlah")
def test_nothing_that_others_wrote_can_begin_a_line_or_turn_the_text_round(title: str) -> None:
    plain = TEMPLATES.render(Category.MILESTONE, language="en", about=ABOUT[Category.MILESTONE])

    rendered = TEMPLATES.render(Category.MILESTONE, language="en", about=ABOUT[Category.MILESTONE] | {"title": title})

    assert len(rendered.body.splitlines()) == len(plain.body.splitlines())
    assert not [sign for sign in rendered.subject if unicodedata.category(sign) in ("Cc", "Zl", "Zp")]
    assert not {unicodedata.bidirectional(sign) for sign in rendered.subject} & {"RLO", "LRO", "RLI", "LRI", "FSI"}


def test_what_others_wrote_over_several_lines_is_put_on_one() -> None:
    title = "Infections\r\nBcc: all@jonkoping.example\n\n halved"

    rendered = TEMPLATES.render(Category.MILESTONE, language="en", about=ABOUT[Category.MILESTONE] | {"title": title})

    assert rendered.subject == "Milestone reached: Infections Bcc: all@jonkoping.example halved"


def test_what_others_wrote_is_no_template() -> None:
    title = "{{ institute.name }} {% raise %}"

    rendered = TEMPLATES.render(Category.MILESTONE, language="en", about=ABOUT[Category.MILESTONE] | {"title": title})

    assert rendered.subject == f"Milestone reached: {title}"


def test_a_letter_keeps_its_message_id() -> None:
    assert TEMPLATES.message_id("dlv_1") == "<dlv_1@institute.example>"


def test_an_invitation_by_hand_says_why_the_institute_asks_and_speaks_of_no_result() -> None:
    said = {"reasons": [{"kind": "staff", "title": "You asked to learn from others"}]}

    rendered = TEMPLATES.render(Category.INVITATION, language="en", about=ABOUT[Category.INVITATION] | said)

    assert "We ask you because of this:\n\n- You asked to learn from others" in rendered.body
    assert "what you have reached" not in rendered.body


@pytest.mark.parametrize(
    ("kind", "says", "hides"),
    [
        ("by_staff", "The reason that we were given: The camp is smaller", "opened again"),
        ("no_reason_left", "a milestone has been opened again", "The camp is smaller"),
        (
            "camp_cancelled",
            "cancelled and will not take place. The reason that was given: The camp is smaller",
            "another",
        ),
    ],
)
def test_a_withdrawal_says_its_reason_and_promises_only_what_holds(kind: str, says: str, hides: str) -> None:
    rendered = TEMPLATES.render(Category.WITHDRAWN, language="en", about=ABOUT[Category.WITHDRAWN] | {"kind": kind})

    assert says in rendered.body
    assert hides not in rendered.body


def test_the_letters_of_a_running_service_do_not_change_with_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "FOLDER", shutil.copytree(templates.FOLDER, tmp_path / "templates"))
    running = LetterTemplates(INSTITUTE)
    shutil.rmtree(tmp_path / "templates")

    assert running.render(Category.OFFER, language="en", about=ABOUT[Category.OFFER]).subject
