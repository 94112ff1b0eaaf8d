"""A partner's timeline: what stands on it, on which day, and who sees it."""

from datetime import date

from services.partners.model.timeline import KINDS, day_of, kinds_seen

SAID_ON = date(2026, 6, 1)


def test_what_happened_stands_on_the_day_on_which_it_did_and_not_on_which_it_was_said() -> None:
    told = {"reached_on": date(2026, 5, 20), "closed_on": date(2026, 5, 21)}

    assert day_of("engagements.milestone.reached", told, otherwise=SAID_ON) == date(2026, 5, 20)


def test_what_tells_no_day_happened_on_the_day_on_which_it_was_said() -> None:
    assert day_of("engagements.milestone.missed", {"reached_on": date(2026, 5, 20)}, otherwise=SAID_ON) == SAID_ON
    assert day_of("engagements.milestone.reached", {"reached_on": None}, otherwise=SAID_ON) == SAID_ON


def test_a_partner_sees_its_milestones_and_not_what_the_institute_finds_of_it() -> None:
    seen, all_kinds = kinds_seen(by_institute=False), kinds_seen(by_institute=True)

    assert "engagements.milestone.reached" in seen
    assert {"partners.partner.assessed", "partners.fit.agreed", "partners.inquiry.received"} <= set(all_kinds) - set(
        seen
    )


def test_that_a_partner_and_another_were_suggested_to_each_other_or_that_it_lacks_faculty_is_not_for_partners() -> None:
    seen, all_kinds = kinds_seen(by_institute=False), kinds_seen(by_institute=True)

    assert "partners.term.anniversary" in seen
    assert {"partners.connection.suggested", "partners.faculty.nominated", "partners.faculty_access.overdue"} <= set(
        all_kinds
    ) - set(seen)


def test_what_happened_is_said_in_a_sentence_of_its_own() -> None:
    sentences = [each.what for each in KINDS.values()]

    assert len(set(sentences)) == len(sentences)
    assert [each for each in sentences if not (each[0].isupper() and each.endswith("."))] == []
