"""What of partners can be set."""

from chassis.runtime.settings import Settings, number, optional, seconds


class PartnersSettings(Settings):
    """How many partners there can be, what is due of them, of inquiries and terms, and how soon that is noted."""

    section = "partners"

    PARTNERS_LOOP_SECONDS = seconds()
    PARTNERS_LEASE_SECONDS = seconds()
    ASSESSMENT_OVERDUE_DAYS = number(1, 3660)
    RENEWAL_DUE_DAYS = number(1, 3660)
    RENEWAL_OVERDUE_DAYS = number(0, 3660)
    CONNECTION_DORMANT_DAYS = number(1, 3660)
    PROGRAMME_CAPACITY = number(0, 1_000_000)
    INQUIRY_ANSWER_SECONDS = seconds()
    INQUIRY_KEPT_SECONDS = seconds()
    FACULTY_ANSWER_SECONDS = seconds()


class LinksSettings(Settings):
    """What the links in letters are made with; notifications reads it, too."""

    section = "links"

    LINK_SECRET = optional()
    LINK_SECRET_FILE = optional()


SECTIONS = (PartnersSettings, LinksSettings)
