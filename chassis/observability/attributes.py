"""The span attributes, by OpenTelemetry's semantic conventions, in one place, for some may still change.

Names and ids only: no data, no addresses, no part of a URI.
"""

from typing import Any

Attributes = dict[str, Any]


def of_message(operation: str, *, destination: str, id: str, conversation_id: str, key: str) -> Attributes:
    """Give the attributes of publishing an event (`send`) or reacting to it (`process`)."""
    return {
        "messaging.system": "rabbitmq",
        "messaging.operation.type": operation,
        "messaging.destination.name": destination,
        "messaging.message.id": id,
        "messaging.message.conversation_id": conversation_id,
        "messaging.rabbitmq.destination.routing_key": key,
    }


def of_call(service: str, operation: str) -> Attributes:
    """Give the attributes of answering an RPC call."""
    return {"rpc.system": "nameko", "rpc.service": service, "rpc.method": operation}


def of_request(method: str, *, route: str, status: int) -> Attributes:
    """Give the attributes of answering an HTTP request."""
    return {"http.request.method": method, "http.route": route, "http.response.status_code": status}
