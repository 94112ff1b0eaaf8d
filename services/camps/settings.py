"""What of camps can be set."""

from chassis.runtime.settings import Settings, optional, seconds


class CampsSettings(Settings):
    """Answers by link, and seats."""

    section = "camps"

    LINK_SECRET = optional()
    LINK_SECRET_FILE = optional()
    SEAT_LOOP_SECONDS = seconds()
    SEAT_LEASE_SECONDS = seconds()
    DECLINE_GRACE_SECONDS = seconds()
    OFFER_SECONDS = seconds()


SECTIONS = (CampsSettings,)
