"""The page of all settings."""

import re

from cli.connection.settings import settings
from dev.generated.settings_table import TABLE, written


def test_every_setting_stands_on_the_page_once_with_its_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]*\| (.*) \|$", written(), re.MULTILINE)

    assert sorted(name for name, _ in rows) == sorted(settings())
    assert [name for name, meaning in rows if len(meaning) < 10] == []


def test_a_default_is_that_of_the_file() -> None:
    assert "| `RETRY_STEPS_SECONDS` | `[10, 60, 300, 1800, 7200]` | How long a failed reaction waits" in written()
    assert "| `ENVELOPE_FIELDS` | in the file |" in written()
    assert "| `TOKEN_SECRET` |  |" in written()


def test_a_setting_stands_under_the_section_of_its_owner() -> None:
    of_camps = written().partition("(`camps`)\n")[2].partition("\n## ")[0]

    assert "| `OFFER_SECONDS` |" in of_camps
    assert "| `MAIL_FROM` |" not in of_camps


def test_the_page_is_what_the_file_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == written()
