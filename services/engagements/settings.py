"""What of engagements can be set."""

from chassis.runtime.settings import Settings, seconds


class DueSettings(Settings):
    """What is due; notifications reads it, too."""

    section = "due"

    DUE_LOOP_SECONDS = seconds()


SECTIONS = (DueSettings,)
