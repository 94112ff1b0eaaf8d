"""The public form: whoever takes their time is let in, nobody is asked for a puzzle, and what was typed stays."""

import re
from typing import Any

import pytest

from chassis.domain.faults import Fault
from gateway.http.hourly_limit import TooManyInAnHour
from gateway.pages.countries import countries
from gateway.pages.form_seal import FormSeals
from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.page import Pages
from services.partners.reference import CONTINENT_OF
from tests.unit.gateway.test_inquiry_page import words_of
from tests.unit.gateway.test_reply_page import INSTITUTE, Elements

SECRET = "a secret of the tests, and long enough"
DAY = 24 * 3600
TYPED = {"organisation": "Region <Skåne>", "country": "SE", "contact_name": "Åsa", "contact_email": "asa@skane.example",
         "website": "www.skane.example", "contact_role": "Nurse", "population": 1_400_000,
         "message": "We <b>ask</b>"}  # fmt: skip
SAYS = {
    "form_too_old": "this form was opened long ago",
    "form_too_fast": "it came faster than people write",
    "form_unseen": "in a field that people do not see",
    "overloaded": "We cannot take it at this moment.",
}


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seals(clock: Clock) -> FormSeals:
    return FormSeals(SECRET, clock=clock)


def refused(seals: FormSeals, seal: object) -> str:
    with pytest.raises(Fault) as refusal:
        seals.check(seal)
    return refusal.value.code


@pytest.mark.parametrize(("seconds", "code"), [(0, "form_too_fast"), (2.9, "form_too_fast"), (-60, "form_too_fast"),
                                               (DAY + 1, "form_too_old"), (400 * DAY, "form_too_old")])  # fmt: skip
def test_a_form_that_comes_at_once_or_after_more_than_a_day_is_shown_again(
    seals: FormSeals, clock: Clock, seconds: float, code: str
) -> None:
    seal = seals.seal()
    clock.now += seconds

    assert refused(seals, seal) == code


@pytest.mark.parametrize("seconds", [3, 60, DAY])
def test_who_takes_the_time_that_people_take_is_let_in_also_by_another_gateway(
    seals: FormSeals, clock: Clock, seconds: float
) -> None:
    seal = seals.seal()
    clock.now += seconds

    FormSeals(SECRET, clock=clock).check(seal)


def test_nobody_else_can_say_when_a_form_was_opened(seals: FormSeals, clock: Clock) -> None:
    opened, _, code = seals.seal().partition(".")
    clock.now += 60
    earlier = f"{int(opened) - 3000}.{code}"
    of_another = FormSeals("another secret, and also long enough", clock=clock).seal()

    for each in (None, "", ".", "x.y", "é", earlier, of_another, f"{opened}.", f"{opened}.{code[:-1]}"):
        assert refused(seals, each) == "form_too_old"


def test_a_form_that_is_shown_again_keeps_its_time_unless_that_is_over(seals: FormSeals, clock: Clock) -> None:
    seal = seals.seal()
    clock.now += 1
    again = seals.renewed(seal)
    clock.now += DAY

    assert again == seal
    assert seals.renewed(seal) == seals.renewed(None) != seal


def form(language: Language = ENGLISH, *, refused: Fault | None = None, **shown: Any) -> str:
    given = {"typed": {}, "form": "a-seal", "countries": countries(language), "wrong": set(), "minutes": 0, **shown}
    return Pages(INSTITUTE).show("inquiry_form.html", language, given, refused=refused).get_data(as_text=True)


@pytest.mark.parametrize("code", SAYS)
def test_who_was_not_taken_reads_why_and_that_nothing_of_it_is_lost(code: str) -> None:
    fault = Fault(kind="unavailable" if code == "overloaded" else "conflict", code=code, message="inner words")

    text = words_of(form(refused=fault))

    assert SAYS[code] in text
    assert "What you wrote is still here" in text
    assert "inner words" not in text


def test_everything_that_was_typed_is_still_there_as_text_and_no_element() -> None:
    page = form(refused=Fault(kind="conflict", code="form_too_fast", message="…"), typed=TYPED)
    fields = {each["name"]: each.get("value") for each in Elements(page).all("input")}

    assert {name: fields[name] for name in TYPED if name in fields} == {
        name: str(value) for name, value in TYPED.items() if name not in ("message", "country")
    }
    assert "We &lt;b&gt;ask&lt;/b&gt;</textarea>" in page
    assert [each["value"] for each in Elements(page).all("option") if "selected" in each] == ["SE"]


@pytest.mark.parametrize("field", TYPED)
def test_a_field_that_was_not_understood_says_so_and_what_is_expected_and_no_other_does(field: str) -> None:
    page = form(refused=Fault(kind="invalid", code="invalid_fields", message="…"), typed=TYPED, wrong={field})
    fields = [each for tag in ("input", "select", "textarea") for each in Elements(page).all(tag)]

    assert [each["name"] for each in fields if each.get("aria-invalid")] == [field]
    assert [each["aria-describedby"] for each in fields if "aria-describedby" in each] == [f"{field}-wrong"]
    assert re.search(rf'id="{field}-wrong">[^<]+expected', page)


def test_whose_network_has_sent_many_reads_in_how_many_minutes_and_so_does_their_browser() -> None:
    fault = TooManyInAnHour(kind="too_fast", code="too_many_in_an_hour", message="…", retry_after_seconds=1234)
    shown = {"typed": TYPED, "form": "a-seal", "countries": countries(ENGLISH), "wrong": set(), "minutes": 21}

    answer = Pages(INSTITUTE).show("inquiry_form.html", ENGLISH, shown, refused=fault)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1234")
    assert "please send it in 21 minutes." in words_of(answer.get_data(as_text=True))


def test_the_field_that_only_programs_see_is_hidden_from_everybody_and_empty_again() -> None:
    (unseen,) = [each for each in Elements(form(typed={"subject": "Buy"})).all("input") if each["name"] == "subject"]

    assert (unseen.get("value"), unseen["tabindex"]) == (None, "-1")
    assert '<p hidden><label for="subject">' in form()


def test_every_field_has_a_label() -> None:
    elements = Elements(form())
    labelled = {each["for"] for each in elements.all("label")}
    fields = [each for tag in ("input", "select", "textarea") for each in elements.all(tag)]

    assert {each["id"] for each in fields if each.get("type") != "hidden"} == labelled


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_the_form_and_what_follows_speak_each_language(language: Language) -> None:
    sent = Pages(INSTITUTE).show("inquiry_sent.html", language, {}, refused=None).get_data(as_text=True)

    assert ("Name of your organisation" in form(language)) == (language is ENGLISH)
    assert ("Thank you." in sent) == (language is ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_every_country_can_be_chosen_and_has_a_name_in_the_language(language: Language) -> None:
    named = dict(countries(language))

    assert set(named) == set(CONTINENT_OF)
    assert len(set(named.values())) == len(named)


def test_countries_stand_in_the_order_of_their_names() -> None:
    names = [name for _, name in countries(ENGLISH)]

    assert names.index("Åland Islands") < names.index("Albania") < names.index("Zimbabwe")
