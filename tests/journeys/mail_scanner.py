"""A scanner as the mail servers of readers run it: it opens every link of a letter, as people and programs do.

It follows redirects, keeps cookies or does not, opens what pages lead to, and everything twice. It sends no form.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import unescape
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urldefrag, urljoin

from pymongo.database import Database

from chassis.audit.records import AuditRecords, Outcome
from chassis.audit.seals import SEALS
from chassis.persistence.lease import LEASES

LINK = re.compile(r"https?://[^\s<>\"]+")
LED_TO = re.compile(r'\s(?:href|src|action)="([^"]*)"')
WAYS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("HEAD", {}),
    ("GET", {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks"}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}),
    ("GET", {"X-Moz": "prefetch", "Cookie": "seen=yes"}),
    ("GET", {"Range": "bytes=0-1023", "Referer": "https://mail.example/inbox"}),
)
IN_ANOTHER_LANGUAGE = re.compile(r"[?&]lang=")
TWICE = 2
KEPT_BY_TIMERS = (LEASES, SEALS)
"""What is written again and again whether anybody asks something or not."""
Documents = dict[tuple[str, str, str], Any]


@dataclass
class MailScanner:
    """Opens what is at an address of ours, and nowhere else."""

    gateway: str
    statuses: dict[str, set[int]] = field(default_factory=dict)
    """By the link, each status with which it was answered."""

    def scan(self, links: Iterable[str]) -> None:
        """Open links, in every way, and what is behind them."""
        waiting = list(links)
        while waiting:
            link = waiting.pop()
            if link.startswith(self.gateway) and link not in self.statuses:
                waiting += self._led_to(link)

    def _led_to(self, link: str) -> list[str]:
        pages = [self._open(link, method, headers) for _ in range(TWICE) for method, headers in _ways_of(link)]
        found = {unescape(address) for page in pages for address in LED_TO.findall(page)}
        return [urldefrag(urljoin(link, address)).url for address in sorted(found)]

    def _open(self, link: str, method: str, headers: Mapping[str, str]) -> str:
        keeps = [] if "Cookie" in headers else [urllib.request.HTTPCookieProcessor(CookieJar())]
        request = urllib.request.Request(link, headers=dict(headers), method=method)
        try:
            with urllib.request.build_opener(*keeps).open(request, timeout=30) as answer:
                status, page = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, page = error.code, error.read()
        self.statuses.setdefault(link, set()).add(status)
        return str(page.decode(errors="replace"))


def links_in(mails: Iterable[EmailMessage]) -> Iterator[str]:
    """Give every link in every part of letters that is text, a calendar's too."""
    for mail in mails:
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                yield from (link.rstrip(").,;") for link in LINK.findall(_unfolded(part)))


def _unfolded(part: Any) -> str:
    """Give the text of a part; long lines of a calendar go on behind a space (RFC 5545, 3.1)."""
    text: str = part.get_content()
    return re.sub(r"\r?\n[ \t]", "", text) if part.get_content_subtype() == "calendar" else text


def documents_of(databases: Mapping[str, Database[dict[str, Any]]]) -> Documents:
    """Give every document of every collection but what timers keep, under its service, collection and id."""
    return {
        (service, name, str(document["_id"])): document
        for service, database in databases.items()
        for name in database.list_collection_names()
        if name not in KEPT_BY_TIMERS
        for document in database[name].find()
    }


def differing(before: Documents, after: Documents) -> list[tuple[Any, Any]]:
    """Give what is not in both as it is: each document before, and after; None is one that was not there.

    That somebody was refused, or read what is about people, is put on record, and changes nothing else.
    """
    pairs = [
        (before.get(key), after.get(key)) for key in sorted({*before, *after}) if not _is_of_reading(key, before, after)
    ]
    return [(old, new) for old, new in pairs if old != new]


def _is_of_reading(key: tuple[str, str, str], before: Documents, after: Documents) -> bool:
    is_new_record = key[1] == AuditRecords.collection and key not in before
    return is_new_record and after[key]["outcome"] in (Outcome.READ, Outcome.REFUSED)


def _ways_of(link: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """A page in another language is made by the same code: as the first client sees it is enough of it."""
    return WAYS[:2] if IN_ANOTHER_LANGUAGE.search(link) else WAYS
