"""docs/configuration.md: every setting with its default and meaning, written from config.yml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.local.process import REPOSITORY

SOURCE = REPOSITORY / "config.yml"
TABLE = REPOSITORY / "docs" / "configuration.md"
HEAD = """# Every setting

Written by `./partnerships settings table` from `config.yml`: change that file, not this page.
Each is given as an environment variable of its name, except those whose default is "in the file". A value that is
wrong or missing, or a name that is unknown, stops a process before it starts, with the setting's name. A heading with a
section's name in brackets says who reads it, and nobody else does.
"""
_HEADING = re.compile(r"# --- (?P<title>.*?) -+$")
_SECTION = re.compile(r"(?P<key>[a-z]+):$")
_SETTING = re.compile(r" *(?P<name>[A-Z_]+): *(\$\{\w+:(?P<default>.*)\})?$")


@dataclass
class Section:
    """The settings under one heading of config.yml."""

    title: str
    key: str = ""
    """The section of the file, if it is one."""
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, default and meaning."""


def written() -> str:
    """Give the page, made from config.yml."""
    sections = _read(SOURCE.read_text(encoding="utf-8").splitlines())
    return HEAD + "".join("\n" + "\n".join(_shown(each)) + "\n" for each in sections)


def _read(lines: list[str]) -> list[Section]:
    sections: list[Section] = []
    meaning: list[str] = []
    for line in lines:
        if heading := _HEADING.match(line):
            sections.append(Section(title=heading["title"]))
            meaning = []
        elif section := _SECTION.match(line):
            sections[-1].key = section["key"]
        elif line.lstrip().startswith("# "):
            meaning.append(line.lstrip()[2:])
        elif setting := _SETTING.match(line):
            sections[-1].rows.append((setting["name"], _default(setting["default"]), " ".join(meaning)))
            meaning = []
    return sections


def _default(given: str | None) -> str:
    if given is None:
        return "in the file"
    return f"`{given}`" if given else ""


def _shown(section: Section) -> Iterator[str]:
    yield f"## {section.title[0].upper()}{section.title[1:]}{f' (`{section.key}`)' if section.key else ''}\n"
    yield "| setting | default | meaning |\n|---|---|---|"
    for name, default, meaning in section.rows:
        yield f"| `{name}` | {default} | {meaning} |"
