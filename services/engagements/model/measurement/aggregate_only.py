"""Aggregate data only: what looks as if it were about one person is refused by its name, whatever it holds."""

import re
from collections.abc import Iterable

from chassis.domain.errors import Invalid

SENTENCE = "Only aggregate data are taken: no name, number, address or date of birth of a person"
OF_PEOPLE = re.compile(
    "address|birth|birthdate|birthday|dob|email|fax|firstname|forename|fullname|initials|lastname|mail|mobile|mrn|name|"
    "nhs|nin|nino|passport|patient|patients|person|phone|postal|postcode|ssn|street|surname|telephone|zip"
)
"""Words of which one in the name of a column or member says that it is about a person."""
_WORD = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
"""One word of a name in any usual case: `patientName`, `NHS_number`, `date-of-birth`."""


class LooksLikeAPersons(Invalid):
    """Only aggregate data are taken, never what is about one person."""


def looks_like_a_persons(name: str) -> bool:
    """Whether one of the words of a name says that it is about a person."""
    return any(OF_PEOPLE.fullmatch(word.lower()) for word in _WORD.findall(name))


def refuse_names_of_people(names: Iterable[str]) -> None:
    """Raise LooksLikeAPersons, at the member, for the first name that looks like a person's."""
    for name in names:
        if looks_like_a_persons(name):
            raise LooksLikeAPersons.at(f"/{name}", "of_a_person", f"{SENTENCE}; got '{name[:60]}'")
