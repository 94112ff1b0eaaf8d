"""The programme of a running instance carries fewer partners for a while, as if started with that setting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import MongoClient

from chassis.domain.causation import Cause
from chassis.domain.identity import new_id, utc_now
from chassis.persistence.unit_of_work import Store
from cli.local.instance import Instance
from services.partners.use_cases.candidacy.capacity import keep_to_capacity

CAUSE = Cause(correlation_id="programme_capacity")


@contextmanager
def programme_carries(capacity: int, *, instance: Instance) -> Iterator[None]:
    """Have it carry so many at most; afterwards there is no limit, and who waits has a place."""
    with MongoClient[dict[str, Any]](instance.parts.mongo_uri, tz_aware=True) as client:
        database = client[instance.prefix + "partners"]
        store = Store(service="partners", database=database, clock=utc_now, new_id=new_id,
                      envelope_fields={"partnerid": "partner_id"})  # fmt: skip
        keep_to_capacity(store, capacity, cause=CAUSE)
        try:
            yield
        finally:
            keep_to_capacity(store, 0, cause=CAUSE)
