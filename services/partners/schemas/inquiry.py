"""The types of arguments about inquiries; each validates its values."""

from typing import Annotated, NotRequired, TypedDict

from marshmallow import validate

from chassis.schemas.fields import Count, Id, Line, Text, Unique
from services.partners.schemas.partner import Area, Name
from services.partners.schemas.person import Address, PersonName
from services.partners.schemas.place import CountryCode, LanguageTag

MOST_PEOPLE = 10_000_000_000
"""More than there are."""
InquiryId = Annotated[str, Id("inq")]
Website = Annotated[str, Line(longest=300, example="https://www.skane.example")]
RoleOfInquirer = Annotated[str, Line(longest=200, example="Chief quality officer")]
Words = Annotated[str, Text(longest=5000, example="We want to make care safer, and to learn how others do.")]
Areas = Annotated[list[str], Unique(Area(longest=60), validate=validate.Length(0, 20))]
Population = Annotated[int, Count(least=1, most=MOST_PEOPLE, example=1_400_000)]
Answer = Annotated[str, Text(longest=5000, example="We would be glad to work with you.")]
Question = Annotated[str, Text(longest=5000, example="How many hospitals are there?")]
Remark = Annotated[str, Text(longest=5000, example="Spoke with them at a congress.")]
Secret = Annotated[str, Line(longest=200, example="wxXyE0oHcZ2Y1kq8LrV5uA")]
Word = Annotated[str, Line(longest=60)]


class Asked(TypedDict):
    """What somebody says who makes an inquiry."""

    organisation: Name
    country: CountryCode
    contact_name: PersonName
    contact_email: Address
    language: LanguageTag
    message: Words
    website: NotRequired[Website | None]
    contact_role: NotRequired[RoleOfInquirer | None]
    focus_areas: NotRequired[Areas]
    population: NotRequired[Population | None]
