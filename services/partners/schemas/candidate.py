"""The types of arguments about candidates; each validates its values."""

from typing import Annotated

from chassis.schemas.fields import Count, Id

CandidateId = Annotated[str, Id("cnd")]
PlaceOnTheList = Annotated[int, Count(least=1, most=100_000, example=1)]
