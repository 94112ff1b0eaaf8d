"""What happens to partners."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

PartnerId = Annotated[str, "the partner; also the event's subject"]
AdmissionNumber = Annotated[
    int, Keywords(minimum=1), "which admission of the partner this belongs to: 2 when it came back after a departure"
]


@dataclass(frozen=True, kw_only=True)
class PartnerEvent(Event):
    """What others know of a partner."""

    audience = "partner"

    partner_id: PartnerId
    name: Annotated[str, "the partner's name as it writes it"]
    country: Annotated[str, "ISO 3166-1 alpha-2 code"]
    subdivision: Annotated[str | None, "ISO 3166-2 code of a part of that country, such as GB-SCT, if there is one"]
    continent: Annotated[str, "africa, antarctica, asia, europe, north_america, oceania or south_america"]
    zone: Annotated[str, "the partner's IANA time zone"]
    language: Annotated[str, "the partner's language, as a BCP 47 tag"]
    focus_areas: Annotated[list[str], "the programme's six, or others named like them"]
    admission_number: AdmissionNumber = 1
    issues: Annotated[
        list[str], "the issues that it faces: codes of the taxonomy, or its own words for what that has no code for"
    ] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class PartnerAdmitted(PartnerEvent):
    """The institute has said yes to a partner, for a term. Published once for each admission of it."""

    type = "partners.partner.admitted"

    kind: Annotated[str, "what it is, in a few words: health system, hospital, region …"]
    term_starts_on: Annotated[date, "the first day of the term"]
    term_ends_on: Annotated[date, "the last day of the term"]
    leader_ids: Annotated[
        list[str], Keywords(minItems=1), "the people who lead the partner on the day it is admitted"
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PartnerProfileChanged(PartnerEvent):
    """What is described of a partner in the programme is different.

    It carries what others know of it, as it is now, so that the newest one heard is enough, and names all that changed.
    """

    type = "partners.partner.profile_changed"

    kind: Annotated[str | None, "what it is, in a few words: health system, hospital, region …"] = None
    scope_level: Annotated[str | None, "the level it mainly works on: local, state, regional or national"] = None
    changed: Annotated[
        list[str], "the members of the partner that are different, by the names they are shown under, in their order"
    ] = field(default_factory=list)
    effective_on: Annotated[date | None, "the day, where the partner is, from which that is so"] = None


@dataclass(frozen=True, kw_only=True)
class PartnerPaused(Event):
    """The partnership rests, for a reason; it can be resumed."""

    type = "partners.partner.paused"
    audience = "partner"

    partner_id: PartnerId
    reason: Annotated[str, "why it rests"]
    paused_on: Annotated[date, "the day, where the partner is, from which it rests"]
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class PartnerResumed(Event):
    """A partnership that rested is taken up again."""

    type = "partners.partner.resumed"
    audience = "partner"

    partner_id: PartnerId
    resumed_on: Annotated[date, "the day, where the partner is, on which it is taken up again"]
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class PartnerRenewed(Event):
    """Another term follows the present one of a partner; what was decided before of its end holds no more."""

    type = "partners.partner.renewed"
    audience = "partner"

    partner_id: PartnerId
    term_starts_on: Annotated[date, "the first day of the term that follows"]
    term_ends_on: Annotated[date, "its last day"]
    reason: Annotated[str, "why another term follows"]
    decided_on: Annotated[date, "the day, where the partner is, on which that was decided"]
    admission_number: AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class PartnerNotRenewed(Event):
    """No other term follows the present one of a partner, which may still be decided otherwise."""

    type = "partners.partner.not_renewed"
    audience = "partner"

    partner_id: PartnerId
    term_ends_on: Annotated[date, "the last day of its present term"]
    reason: Annotated[str, "why no other term follows"]
    decided_on: Annotated[date, "the day, where the partner is, on which that was decided"]
    admission_number: AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class RenewalReconsidered(Event):
    """What was decided last of the present term of a partner holds no more: whether another one follows is open."""

    type = "partners.partner.renewal_reconsidered"
    audience = "partner"

    partner_id: PartnerId
    term_ends_on: Annotated[date, "the last day of its present term, without the one that was to follow"]
    reason: Annotated[str, "why the decision was taken back"]
    reconsidered_on: Annotated[date, "the day, where the partner is, on which that was said"]
    admission_number: AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class PartnerDeparted(Event):
    """The partnership has ended, for a reason; the partner may be admitted anew."""

    type = "partners.partner.departed"
    audience = "partner"

    partner_id: PartnerId
    reason: Annotated[str, "why it has ended"]
    departed_on: Annotated[date, "the day, where the partner is, on which it ended"]
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class PartnerGraduated(Event):
    """The partnership has ended because what the partner came for is reached. It is one of the alumni from then on.

    What ends with a departure ends with it, too; the partner may be admitted anew.
    """

    type = "partners.partner.graduated"
    audience = "partner"

    partner_id: PartnerId
    reason: Annotated[str, "what is reached"]
    departed_on: Annotated[date, "the day, where the partner is, on which it left the programme"]
    admission_number: AdmissionNumber
