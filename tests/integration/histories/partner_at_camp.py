"""What camps publishes of the people of one partner who come to a camp by name, and of that camp."""

from dataclasses import dataclass

from tests.integration.histories.measuring_partner import MeasuringPartner
from tests.integration.histories.published_event import PublishedEvent, published

DELEGATE_CHANGES = (
    (), ("named", "changed", "confirmed"), ("confirmed",), ("named", "substituted"),
    ("named", "confirmed", "changed", "withdrawn"), ("named", "withdrawn", "named"),
)  # fmt: skip
"""What can happen to somebody who is named for a seat, in order."""
MOST_RELEASES = 3
CAMP_CHANGES = (("changed",), ("postponed",), ("postponed", "rescheduled"), ("changed", "postponed", "rescheduled"))
"""What can happen to the camp that they come to, after it was announced."""
CAMP = "cmp_of_delegates"
OF_COMING = ("delegate_named", "delegate_confirmed", "delegate_withdrawn", "delegate_camp_changed",
             "delegate_camp_postponed")  # fmt: skip
"""Letters to those who come to a camp by name."""
OF_PROGRAMMES = ("programme_released", "programme_changed")
COMING = {"named": "delegate_named", "confirmed": "delegate_confirmed"}
"""The letter of each event by which somebody comes."""


@dataclass(frozen=True, kw_only=True)
class PartnerAtCamp(MeasuringPartner):
    """A partner with somebody who is named to come to a camp, and is told of its programme."""

    delegate_changes: tuple[str, ...] = ()
    """What happens to who is named, in order."""
    releases: int = 0
    """How many releases of the programme concern them."""

    @property
    def delegate_id(self) -> str:
        """Who is named."""
        return f"dlg_of_{self.id}"

    def letters_to_who_comes(self, *, is_postponed: bool) -> list[str]:
        """The letters that stand in the end, none of them sent yet: that they come, when the days are known; and when
        they present what."""
        told = [change for change in self.delegate_changes if change != "changed"][-1:]
        coming = [] if is_postponed else [COMING[change] for change in told if change in COMING]
        presenting = [OF_PROGRAMMES[self.releases > 1]] if self.releases else []
        return [*coming, *presenting]

    def delegate_events(self) -> list[PublishedEvent]:
        return [
            published(f"camps.delegate.{each}", self.delegate_id, number, **self._who(), camp_id=CAMP,
                      substitute_id=f"dlg_instead_of_{self.id}", because="by_hand")
            for number, each in enumerate(self.delegate_changes, 1)
        ]  # fmt: skip

    def release_events(self) -> list[PublishedEvent]:
        """Each delegate is told of a release by its mailing: the events of one have another subject than the next."""
        return [
            published("camps.programme.delegate_affected", f"pml_{number}_of_{self.id}", 1, **self._who(),
                      number=number, camp_id=CAMP, as_it_stands=False)
            for number in range(1, self.releases + 1)
        ]  # fmt: skip

    def _who(self) -> dict[str, str | None]:
        who = {"name": f"Delegate of {self.id}", "email": f"{self.delegate_id}@partner.example"}
        return {"delegate_id": self.delegate_id, "partner_id": self.id, "person_id": None, **who}


def camp_announced() -> PublishedEvent:
    return published("camps.camp.announced", CAMP, 1, camp_id=CAMP)


def camp_events(changes: tuple[str, ...]) -> list[PublishedEvent]:
    """What happens to the camp after it was announced."""
    return [published(f"camps.camp.{each}", CAMP, number, camp_id=CAMP) for number, each in enumerate(changes, 2)]
