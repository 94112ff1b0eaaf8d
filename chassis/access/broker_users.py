"""Users of RabbitMQ with their permissions, made and changed through its management API."""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from nameko.rpc import get_rpc_exchange

from chassis.access.permissions import BrokerPermissions

SECONDS_TO_ANSWER = 10.0
SALT_BYTES = 4


class UsersNotMade(Exception):
    """The broker did not take its users; the message says where, and why."""


@dataclass(frozen=True, kw_only=True)
class BrokerUser:
    """One user of one virtual host."""

    name: str
    password: str
    permissions: BrokerPermissions


def make_users(users: Sequence[BrokerUser], *, amqp_uri: str, management_url: str) -> None:
    """Make the users, or give those that are there these passwords and permissions; repeatable.

    `amqp_uri` names the administrator who does it, and the virtual host. Raises UsersNotMade.
    """
    administrator = urlsplit(amqp_uri)
    host = unquote(administrator.path.removeprefix("/")) or "/"
    sign_in = f"{unquote(administrator.username or '')}:{unquote(administrator.password or '')}"
    headers = {
        "Authorization": f"Basic {base64.b64encode(sign_in.encode()).decode()}",
        "Content-Type": "application/json",
    }
    body = json.dumps(definitions(users, virtual_host=host)).encode()
    _post(Request(f"{management_url.rstrip('/')}/api/definitions", data=body, headers=headers, method="POST"))


def definitions(users: Sequence[BrokerUser], *, virtual_host: str) -> dict[str, Any]:
    """Write users and permissions as RabbitMQ imports them. https://www.rabbitmq.com/docs/definitions"""
    return {
        "users": [{"name": each.name, **kept_password(each.password), "tags": []} for each in users],
        "permissions": [_permissions(each, virtual_host) for each in users],
        "topic_permissions": [_topic_permissions(each, virtual_host) for each in users],
    }


def _permissions(user: BrokerUser, virtual_host: str) -> dict[str, str]:
    may = user.permissions
    names = {"configure": may.configure, "write": may.write, "read": may.read}
    return {"user": user.name, "vhost": virtual_host, **names}


def _topic_permissions(user: BrokerUser, virtual_host: str) -> dict[str, str]:
    keys = {"write": user.permissions.keys_written, "read": user.permissions.keys_read}
    return {"user": user.name, "vhost": virtual_host, "exchange": get_rpc_exchange().name, **keys}


def kept_password(password: str) -> dict[str, str]:
    """Write a password as definitions have it, with a new salt."""
    hashed_password = hashed(password, salt=secrets.token_bytes(SALT_BYTES))
    return {"password_hash": hashed_password, "hashing_algorithm": "rabbit_password_hashing_sha256"}


def hashed(password: str, *, salt: bytes) -> str:
    """Hash a password as RabbitMQ keeps it. https://www.rabbitmq.com/docs/passwords#computing-password-hash"""
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _post(request: Request) -> None:
    try:
        with urlopen(request, timeout=SECONDS_TO_ANSWER):
            pass
    except HTTPError as error:
        raise UsersNotMade(
            f"RabbitMQ refused its users at {request.full_url} ({error.code} {error.reason}): an administrator is "
            "expected in AMQP_URI"
        ) from None
    except OSError as error:
        raise UsersNotMade(
            f"RabbitMQ's management API does not answer at {request.full_url} ({error}): its plugin "
            "rabbitmq_management and AMQP_MANAGEMENT_URL are expected"
        ) from None
