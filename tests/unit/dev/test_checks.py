"""What came of the checks: one that could not be asked is told, and passes only where that is allowed by name."""

import pytest

from dev.checks import NOT_ASKED, judged

CODES = {"style": 0, "types": 0, "known vulnerabilities": NOT_ASKED}


@pytest.mark.parametrize(("allowed", "code"), [(False, 1), (True, 0)], ids=["by default", "allowed by name"])
def test_what_was_not_asked_is_told_and_passes_only_where_that_is_allowed(
    allowed: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(CODES, may_be_unasked=allowed) == code

    assert capsys.readouterr().out.startswith("checks: 2 hold, 0 do not; not asked: known vulnerabilities\n")


def test_what_does_not_hold_fails_whatever_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(CODES | {"types": 1}, may_be_unasked=True) == 1

    assert "checks: 1 hold, 1 do not; types; not asked" in capsys.readouterr().out
