"""The gateway's contents page: the routes put together, and described."""

from collections.abc import Mapping
from typing import Any, ClassVar

from chassis.rpc_client import Services
from gateway import docs
from gateway.http import Call, operation
from gateway.openapi import pages
from gateway.openapi.document import document
from gateway.routes import TABLES

DOCUMENT = document(TABLES, pages.PAGES)


class GatewayService:
    """The only HTTP door of the platform."""

    name = "gateway"
    services = Services()
    pages: ClassVar[Mapping[str, Any]] = {
        pages.START.rule: docs.Start(),
        pages.OPENAPI.rule: docs.openapi(DOCUMENT),
        pages.DOCS.rule: docs.page(),
        pages.DOCS_FILE.rule: docs.Files(),
    }

    @operation(*TABLES.values())
    def ask(self, call: Call) -> dict[str, Any]:
        """Ask the service that owns what the request is about."""
        return self.services.ask(**vars(call))
