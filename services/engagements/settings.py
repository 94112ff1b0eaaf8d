"""What of engagements can be set."""

from chassis.runtime.settings import Settings, number, seconds


class DueSettings(Settings):
    """What is due; notifications reads it, too."""

    section = "due"

    DUE_LOOP_SECONDS = seconds()


class EngagementsSettings(Settings):
    """Who sees an engagement, and how soon its data are judged."""

    section = "engagements"

    ACCESS_AFTER_END_DAYS = number(0, 3660)
    FORMER_EMPLOYER_DAYS = number(0, 3660)
    JUDGE_LOOP_SECONDS = seconds()


SECTIONS = (DueSettings, EngagementsSettings)
