"""Which entrypoint answers on a route."""

from collections.abc import Callable, Iterable
from typing import Any

from nameko.extensions import register_entrypoint

from gateway.endpoints.endpoint import Endpoint
from gateway.endpoints.file_endpoint import FileEndpoint
from gateway.endpoints.public_endpoint import PublicEndpoint
from gateway.endpoints.route import Route


def endpoints(*tables: Iterable[Route]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a method the worker of all routes in these tables; it takes a call and returns the answer."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        for route in (each for table in tables for each in table):
            register_entrypoint(method, _class_of(route)(route))
        return method

    return decorate


def _class_of(route: Route) -> type[Endpoint]:
    if route.is_public:
        return PublicEndpoint
    return FileEndpoint if route.by_file else Endpoint
