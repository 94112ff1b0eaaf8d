"""What of camps can be set."""

from chassis.runtime.settings import Settings, optional, seconds


class CampsSettings(Settings):
    """Seats."""

    section = "camps"

    SEAT_LOOP_SECONDS = seconds()
    SEAT_LEASE_SECONDS = seconds()
    DECLINE_GRACE_SECONDS = seconds()
    OFFER_SECONDS = seconds()
    NEEDS_LOOP_SECONDS = seconds()
    NEEDS_KEPT_SECONDS = seconds()


class LinksSettings(Settings):
    """What the links in letters are made with; notifications reads it, too."""

    section = "links"

    LINK_SECRET = optional()
    LINK_SECRET_FILE = optional()


SECTIONS = (CampsSettings, LinksSettings)
