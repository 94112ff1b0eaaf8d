"""What everybody believes because of their letters, and whether it is so.

A letter is believed from when it arrives until another one says something else of the same thing. So what it says must
be true when it comes, and for as long as nobody takes it back: after each moment of the year all that is believed is
held against what is so then.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.a_year.reading import Read, Statement, moments, read
from tests.journeys.a_year.things import About
from tests.journeys.a_year.world import World

OF_THAT_MOMENT = (
    *("reader", "reader_zone", "today", "given", "position", "reason", "undo_until", "answer_day"),
    *("finding", "retraction", "length", "worse_from", "worse_to", "period", "latest", "frequency", "measure"),
    *("promise", "promised_on", "to_test_by", "reported", "life", "promises"),
    *("reached_on", "follow_day", "any_milestone", "any_follow_day", "led", "former_coach", "former_coach_zone"),
    *(
        "coach_left_on",
        "engagement_id",
        "questioned",
        "questioned_on",
        "former_session_coach",
        "absent_coach",
        "absent_since",
        "session_id",
        "held_day",
        "held_hour",
        "was_to_begin",
    ),
)
"""What a letter says of its own moment; what comes of it later is not what it promised."""
SAID_OF = {
    "camp": ["camp", "place", "starts", "ends", "gathering", "stands", "seats", "wanted", "answer_by"],
    "milestone": ["milestone", "progress", "due_on", "due_end", "follow_by"],
    "measure": ["worsening"],
    "session": ["session", "held_at", "session_coach", "with_whom", "coach_email"],
}
"""Of which thing of a partner something is said; all else is of the partner itself."""
SAID_ANEW = {
    "stands": ("answer_by", "seats", "wanted"),
    "progress": ("due_on", "due_end", "follow_by"),
    "session_coach": ("with_whom", "coach_email"),
}
"""Who is told where a thing stands now holds no more to what was asked before."""
OVER = ("expired", "withdrawn", "declined", "left_waitlist")
"""Where an invitation stands when its camp is none of its partner's business any more."""
OF_ITS_DAY = re.compile(
    "Please answer by|Due on|Your data are late|Data of .* are late|Promised at|It was to be tested|You are named for"
    "|What came out of"
)
"""The letters that say nothing that lasts: once more what is known already, or what had not come on a day."""
Key = tuple[str, About]


@dataclass(frozen=True)
class Letter:
    """A letter as it arrived: who of the story reads it, its day and subject, the id of whom it is to."""

    who: str
    line: str
    person: str
    text: str

    def __str__(self) -> str:
        return f"{self.who}: {self.line}"


@dataclass
class Beliefs:
    """What each person was told last of everything, and by which letter; and what was wrong with it."""

    held: dict[Key, tuple[Any, Letter]] = field(default_factory=dict)
    untrue: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    nothing_new: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    """What people gave as their reasons in this moment."""
    heard: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    before: World | None = None

    def hear(self, letters: Iterable[Letter], now: World) -> None:
        """Take in what arrived in a moment, and hold all that is believed against what is so after it."""
        self.names |= now.names
        for letter in letters:
            said, about = read(letter.text), _about(letter, now)
            self._note_what_nobody_checks(letter, said)
            self._believe(letter, said, about, now)
        self.untrue += [line for line in self._no_longer_so(now) if line not in self.untrue]
        self.before, self.reasons = now, []

    def _note_what_nobody_checks(self, letter: Letter, said: Read) -> None:
        left = [word for word in (*re.findall(r"\d+", said.rest), *self.names) if word in said.rest]
        self.unchecked += [f"{letter}: “{word}”" for word in left]

    def _believe(self, letter: Letter, said: Read, about: About, now: World) -> None:
        is_news = [self._is_news(letter, each, about, now) for each in said.statements]
        if f"{letter}" in self.heard or not (any(is_news) or said.forgets or OF_ITS_DAY.match(letter.text)):
            self.nothing_new.append(f"{letter}")
        self.heard.add(f"{letter}")
        is_over = any(each.of == "stands" and each.said in OVER for each in said.statements)
        for what in (*said.forgets, *(["camp"] if is_over else [])):
            self._forget(about, what)

    def _is_news(self, letter: Letter, statement: Statement, about: About, now: World) -> bool:
        """Hold what is said against what is so, and believe it; give whether the reader was not told so before."""
        of, said = statement.of, now.reader(about) if statement.said == "reader" else statement.said
        so = self._so(of, about, now)
        if not _fits(said, so):
            self.untrue.append(f"{letter}: {of} is said to be {said}, and is {so}")
        if of in OF_THAT_MOMENT or of.startswith("was_"):
            return False
        known, self.held[_key(of, about)] = self.held.get(_key(of, about)), (said, letter)
        is_news = known is None or (known[0], known[1].who) != (said, letter.who)
        if is_news:
            self._drop_what_was_asked(of, about, by=letter)
        return is_news

    def _so(self, of: str, about: About, now: World) -> Any:
        """Give what is so of something, or was before this moment, or what people said in it."""
        if of == "given":
            return "|".join(self.reasons)
        if of.startswith("was_") and of not in OF_THAT_MOMENT:
            return getattr(self.before, of.removeprefix("was_"))(about)
        return getattr(now, of)(about)

    def _no_longer_so(self, now: World) -> Iterator[str]:
        for (of, about), (said, letter) in self.held.items():
            so = getattr(now, of)(about)
            if now.is_written_to(about.reader) and so is not None and not _fits(said, so):
                yield f"{letter.who} still believes “{letter.line}”: {of} is {said}, and it is {so}"

    def _drop_what_was_asked(self, of: str, about: About, *, by: Letter) -> None:
        for key in [_key(other, about) for other in SAID_ANEW.get(of, ())]:
            if key in self.held and self.held[key][1] is not by:
                del self.held[key]

    def _forget(self, about: About, what: str) -> None:
        """Have a reader hold no more to what was said of a partner, or of one of its things."""
        for of, other in list(self.held):
            is_meant = {
                "partner": of != "partnership",
                "camp": of in SAID_OF["camp"] and of != "stands" and other.camp == about.camp,
                "session": of in SAID_OF["session"] and other.session == about.session,
                "with_whom": of in ("with_whom", "session_coach", "coach_email") and other.session is not None,
                "follow_up": of == "follow_by" and other.milestone == about.milestone,
            }
            if (other.reader, other.partner) == (about.reader, about.partner) and is_meant[what]:
                del self.held[of, other]


def _about(letter: Letter, now: World) -> About:
    """Find what a letter is about by the names in it, and a session by its time."""
    subject = letter.text.partition("\n")[0]
    partner = now.named_in(letter.text, "partners", by="name")
    commitment = now.named_in(letter.text, "commitments", by="what")
    return About(
        reader=letter.person,
        partner=partner,
        camp=now.named_in(subject, "camps", by="title") or now.camp_of(commitment),
        milestone=now.named_in(subject, "milestones", by="title"),
        measure=now.named_in(letter.text, "measures", by="title"),
        commitment=commitment,
        session=now.session_at(moments(letter.text), partner),
    )


def _key(of: str, about: About) -> Key:
    kinds = ["partner", *(kind for kind, said in SAID_OF.items() if of in said)]
    return of, About(reader=about.reader, **{kind: getattr(about, kind) for kind in kinds})


def _fits(said: Any, so: Any) -> bool:
    """Whether what is said is so: the one thing, or one of several."""
    return bool(set(str(said).split("|")) & set(str(so).split("|")))
