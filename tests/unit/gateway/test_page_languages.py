"""The pages speak the reader's language, whole and by its own customs, and say so where a machine translated them."""

import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from chassis.domain.faults import Fault
from gateway.pages.catalogues import FOLDER, Texts
from gateway.pages.languages import ENGLISH, LANGUAGES, Language, chosen
from gateway.pages.page import Pages
from tests.unit.gateway.test_reply_page import INSTITUTE, SHOWN, Elements, text_of

TRANSLATED = [each for each in LANGUAGES if each is not ENGLISH]
BY_TAG = {each.tag: each for each in LANGUAGES}
CATALOGUES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.po"))
PLURALS = {
    "sv": {1: "en plats är", 2: "2 platser är", 21: "21 platser är"},
    "da": {1: "en plads er", 2: "2 pladser er", 21: "21 pladser er"},
    "pt": {1: "uma vaga está", 2: "2 vagas estão", 21: "21 vagas estão"},
    "ar": {
        1: "ومقعد واحد", 2: "ومقعدان", 3: "و3 مقاعد", 10: "و10 مقاعد", 11: "و11 مقعدًا", 99: "و99 مقعدًا",
        100: "و100 مقعد محجوزة", 102: "و102 مقعد محجوزة", 103: "و103 مقاعد",
    },
}  # fmt: skip
"""One and many as each language writes them (CLDR, plural rules: Arabic has six forms)."""


def page(language: Language, **shown: Any) -> str:
    return Pages(INSTITUTE).show("reply.html", language, {**SHOWN, **shown}, refused=None).get_data(as_text=True)


def catalogue(name: str) -> Catalog:
    with (FOLDER / name).open("rb") as file:
        return read_po(file, locale=name.partition("/")[0], abort_invalid=True)


def texts(name: str) -> list[Message]:
    return [message for message in catalogue(name) if message.id]


def forms(text: str | tuple[str, ...] | None) -> list[str]:
    return [text or ""] if isinstance(text, str | None) else list(text)


def placeholders(text: str) -> set[str]:
    return {part.partition(")")[0] for part in text.split("%(")[1:]}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_text_is_translated_in_as_many_forms_as_the_language_has(name: str) -> None:
    number = catalogue(name).num_plurals

    for text in texts(name):
        translated = forms(text.string)
        assert all(translated), f"{name}: nobody has translated {text.id!r}"
        assert len(translated) == (number if text.pluralizable else 1)


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_translation_names_what_its_text_names_and_nothing_else(name: str) -> None:
    for text in texts(name):
        named = set().union(*map(placeholders, forms(text.id)))
        for form in forms(text.string):
            assert placeholders(form) <= named, f"{name}: {form!r}"
            assert text.pluralizable or placeholders(form) == named, f"{name}: {form!r}"


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_last_of_the_forms_says_the_number_as_the_text_does(name: str) -> None:
    for text in (each for each in texts(name) if each.pluralizable):
        *_, singular_less = forms(text.id)
        assert placeholders(forms(text.string)[-1]) == placeholders(singular_less), f"{name}: {text.id!r}"


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda each: each.tag)
def test_there_is_a_catalogue_of_each_template_in_each_language(language: Language) -> None:
    assert {f"{language.tag}/{name}.po" for name in ("page", "refused", "reply")} <= set(CATALOGUES)


@pytest.mark.parametrize(("tag", "seats", "words"), [(t, n, w) for t, by in PLURALS.items() for n, w in by.items()])
def test_one_and_many_are_written_as_the_language_does(tag: str, seats: int, words: str) -> None:
    assert words in text_of(page(BY_TAG[tag], seats=seats))


@pytest.mark.parametrize(
    ("tag", "day", "hour"),
    [
        ("en", "29 June 2026", "14:30 on 10 June 2026"),
        ("sv", "den 29 juni 2026", "klockan 14:30 den 10 juni 2026"),
        ("da", "den 29. juni 2026", "klokken 14.30 den 10. juni 2026"),
        ("pt", "dia 29 de junho de 2026", "as 14:30 de 10 de junho de 2026"),
        ("ar", "29 يونيو 2026", "2:30"),
    ],
)
def test_days_and_hours_are_written_by_the_custom_of_the_language(tag: str, day: str, hour: str) -> None:
    undone = page(BY_TAG[tag], state="declined", answers=["undone"], undone_until="2026-06-10T14:30:00-04:00")

    assert day in text_of(page(BY_TAG[tag]))
    assert hour in text_of(undone)


def test_arabic_is_written_from_right_to_left_and_what_others_wrote_as_its_own_language_is() -> None:
    text = page(BY_TAG["ar"], partner_name="Region <Jönköping>")

    assert Elements(text).all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert "<bdi>Region &lt;Jönköping&gt;</bdi>" in text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_a_page_says_its_language_and_leads_to_the_others(language: Language) -> None:
    response = Pages(INSTITUTE).show("reply.html", language, SHOWN, refused=None)
    links = [each for each in Elements(response.get_data(as_text=True)).all("a") if "hreflang" in each]

    assert response.headers["Content-Language"] == language.tag
    assert response.headers["Vary"] == "Accept-Language"
    assert [each["href"] for each in links] == ["?lang=en", "?lang=sv", "?lang=da", "?lang=pt", "?lang=ar"]
    assert [each["hreflang"] for each in links if "aria-current" in each] == [language.tag]


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda each: each.tag)
def test_a_page_that_a_machine_translated_says_so_until_somebody_has_read_it(
    tmp_path: Path, language: Language
) -> None:
    folder = tmp_path / language.tag
    folder.mkdir()
    for name in ("page", "reply"):
        unread = (FOLDER / language.tag / f"{name}.po").read_text(encoding="utf-8")
        (folder / f"{name}.po").write_text(unread.replace("#, fuzzy, ", "#, ").replace("#, fuzzy\n", ""))

    assert page(language).split("<footer>")[1].count("<p>") == 2
    assert page(ENGLISH).split("<footer>")[1].count("<p>") == 1
    assert Texts(language).is_unread("reply.html")
    assert not Texts(language, folder=tmp_path).is_unread("reply.html")


@pytest.mark.parametrize(
    ("asked", "own", "accepted", "tag"),
    [
        (None, None, "", "en"),
        (None, None, "da, en;q=0.8", "da"),
        (None, None, "nl, fr;q=0.9", "en"),
        (None, None, "fr, pt-PT;q=0.9, en;q=0.1", "pt"),
        (None, "sv", "da", "sv"),
        (None, "pt-BR", "da", "pt"),
        (None, "fr", "da", "da"),
        ("ar", "sv", "da", "ar"),
        ("xx", "sv", "da", "sv"),
        ("AR", "sv", "da", "ar"),
        (None, None, "en;q=0, da;q=0.1", "da"),
        (None, None, "*", "en"),
    ],
)
def test_the_language_is_what_was_asked_for_else_the_readers_own_else_what_the_browser_accepts(
    asked: str | None, own: str | None, accepted: str, tag: str
) -> None:
    wishes = parse_accept_header(accepted, LanguageAccept)

    assert chosen(asked, own=own, accepted=wishes).tag == tag


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
@pytest.mark.parametrize("kind", ["not_found", "gone", "unavailable", "unsupported"])
def test_a_refusal_speaks_the_language_too(language: Language, kind: str) -> None:
    refusals = {
        each: Pages(INSTITUTE).refusal(Fault(kind=kind, code=kind, message="inner"), each).get_data(as_text=True)
        for each in (ENGLISH, language)
    }
    headings = {each: text.split("<h1>")[1].split("</h1>")[0] for each, text in refusals.items()}

    assert (headings[language] == headings[ENGLISH]) == (language is ENGLISH)
    assert set(headings[language]) - set(string.whitespace)
