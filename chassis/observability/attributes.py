"""What spans say of themselves, in OpenTelemetry's words: the only table of them, for some are still in development.

Names and ids only: no data, no address, nothing of a URI.
"""

from typing import Any

Attributes = dict[str, Any]


def of_message(operation: str, *, destination: str, id: str, conversation_id: str, key: str) -> Attributes:
    """Say that an event is published (`send`) or reacted to (`process`)."""
    return {
        "messaging.system": "rabbitmq",
        "messaging.operation.type": operation,
        "messaging.destination.name": destination,
        "messaging.message.id": id,
        "messaging.message.conversation_id": conversation_id,
        "messaging.rabbitmq.destination.routing_key": key,
    }


def of_call(service: str, operation: str) -> Attributes:
    """Say that a service answers a call."""
    return {"rpc.system": "nameko", "rpc.service": service, "rpc.method": operation}


def of_request(method: str, *, route: str, status: int) -> Attributes:
    """Say that a request was answered."""
    return {"http.request.method": method, "http.route": route, "http.response.status_code": status}
