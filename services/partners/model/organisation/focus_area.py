"""What a partnership focuses on."""

from enum import StrEnum


class FocusArea(StrEnum):
    """The areas of focus the programme description lists; a partner may have others besides."""

    SAFER_CARE = "safer_care"
    VULNERABLE_POPULATIONS = "vulnerable_populations"
    QUALITY_STRATEGIES = "quality_strategies"
    CLOSING_EQUITY_GAPS = "closing_equity_gaps"
    BEHAVIOURAL_MENTAL_HEALTH = "behavioural_mental_health"
    VOLUME_TO_VALUE = "volume_to_value"
