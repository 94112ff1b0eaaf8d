"""Copies of another service's facts: they never go back to an older one."""

from chassis.domain.errors import Superseded


def newest(known: int, heard: int) -> int:
    """Give the sequence of the event being processed; raises Superseded unless it is newer than `known`."""
    if heard <= known:
        raise Superseded(f"event {known} of this subject is known, and this is {heard}")
    return heard
