"""contracts/asyncapi.json: the events that may leave the platform, in AsyncAPI 3.0, written from contracts/events."""

from collections.abc import Mapping
from typing import Any

from chassis.messaging.envelope import HEADER_PREFIX
from gateway.contracts import JsonSchema

VERSION = "3.0.0"
_JSON = "application/json"
DESCRIPTION = """What the Strategic Partnerships Platform publishes to integrators: CloudEvents 1.0 in binary mode on
AMQP 0-9-1. Each event is delivered at least once; the events of one subject are in order by `sequence`. Inside a
version fields are only added. Events of audience `all` are for every subscriber, those of audience `partner` for a
subscriber who may see every partner of the programme."""
_ALWAYS = {
    "specversion": "1.0",
    "id": "the event; the same each time it is delivered",
    "source": "the service that publishes it, such as /services/engagements",
    "type": "{service}.{routing key}",
    "subject": "the id of what it is about; order is kept for each subject",
    "sequence": "its number among the events of its subject, from 1, ten digits with leading zeros",
    "time": "when it was stored, RFC 3339 in UTC",
    "correlationid": "the request that led to it",
    "dataschema": "where the JSON Schema of the body is",
}
_SOMETIMES = {
    "partnerid": "the partner it is about",
    "causationid": "the event that led to it",
    "actor": "who made the request",
    "traceparent": "the W3C trace it belongs to",
    "history": "`true` of what was entered as history: it happened before, and is no news; absent otherwise",
}
_SERVER = {
    "host": "{host}",
    "protocol": "amqps",
    "protocolVersion": "0-9-1",
    "description": "The broker, where the operator has published it; each subscriber has a user of its own.",
    "variables": {"host": {"description": "host:port, as in the address that the operator gave you"}},
    "security": [{"type": "userPassword"}],
}


def document(events: Mapping[str, JsonSchema]) -> dict[str, Any]:
    """Describe these events, given by `{type}.v{version}`: a channel, an operation and a message for each."""
    return {
        "asyncapi": VERSION,
        "info": {"title": "Strategic Partnerships Platform: events", "version": "1.0.0", "description": DESCRIPTION},
        "defaultContentType": _JSON,
        "servers": {"broker": _SERVER},
        "channels": {name: _channel(name, schema) for name, schema in events.items()},
        "operations": {name: _operation(name, schema) for name, schema in events.items()},
        "components": {
            "schemas": {"CloudEvent": _headers()} | {name: _payload(schema) for name, schema in events.items()},
            "messages": {name: _message(name, schema) for name, schema in events.items()},
        },
    }


def _channel(name: str, schema: JsonSchema) -> dict[str, Any]:
    service, _, key = schema["title"].partition(".")
    exchange = {"name": f"{service}.events", "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}
    return {
        "address": key,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _operation(name: str, schema: JsonSchema) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
        "summary": schema["description"],
        "x-audience": schema["x-audience"],
    }


def _message(name: str, schema: JsonSchema) -> dict[str, Any]:
    return {
        "name": schema["title"],
        "summary": schema["description"],
        "contentType": _JSON,
        "headers": {"$ref": "#/components/schemas/CloudEvent"},
        "payload": {"$ref": f"#/components/schemas/{name}"},
        "correlationId": {"location": f"$message.header#/{HEADER_PREFIX}correlationid"},
        "bindings": {"amqp": {"contentEncoding": "utf-8", "messageType": schema["title"], "bindingVersion": "0.3.0"}},
        "examples": [{"payload": example} for example in schema["examples"]],
    }


def _headers() -> JsonSchema:
    """Give the schema of the headers; all of them are strings."""
    return {
        "type": "object",
        "description": "The attributes of CloudEvents 1.0 and its extensions; more may come.",
        "required": [HEADER_PREFIX + name for name in _ALWAYS],
        "properties": {
            HEADER_PREFIX + name: {"type": "string", "description": meaning}
            for name, meaning in (_ALWAYS | _SOMETIMES).items()
        },
    }


def _payload(schema: JsonSchema) -> JsonSchema:
    """Give a contract as AsyncAPI's own schema object, a superset of draft 7: it names no other draft."""
    return {name: value for name, value in schema.items() if name != "$schema"}
