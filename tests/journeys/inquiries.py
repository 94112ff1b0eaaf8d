"""An inquiry of a running instance, made as the public form makes it, past the gateway, which does not have it yet."""

from typing import Any
from uuid import uuid4

from pymongo import MongoClient

from chassis.domain.causation import Cause
from chassis.domain.identity import new_id, utc_now
from chassis.persistence.unit_of_work import Store
from services.partners.use_cases.inquiry import make_inquiry
from tests.builders.partners import PERIODS
from tests.journeys.platform_driver import PlatformDriver


def made_inquiry(platform: PlatformDriver) -> Any:
    """The inquiry of an organisation that never asked before; its letters are on their way."""
    domain = f"region-{uuid4().hex[:10]}.example"
    asked: Any = {"organisation": f"Region {domain}", "country": "SE", "contact_name": "Åsa Påhittad", "language": "sv",
                  "contact_email": f"asa@{domain}", "message": "We want to make care safer."}  # fmt: skip
    with MongoClient[dict[str, Any]](platform.instance.parts.mongo_uri, tz_aware=True) as client:
        store = Store(service="partners", database=client[platform.instance.prefix + "partners"], clock=utc_now,
                      new_id=new_id, envelope_fields={"partnerid": "partner_id"})  # fmt: skip
        store.transact(lambda uow: make_inquiry(uow, PERIODS, **asked), cause=Cause(correlation_id=domain))
    (inquiry,) = platform.rows("inquiries", organisation=asked["organisation"])
    return platform.api.get(f"/v1/inquiries/{inquiry['_id']}")
