"""Connections to the broker: by `amqps://` its chain and its host name are verified before anything is said.

kombu alone verifies the chain and no name, so that whoever has any certificate is given the password.
"""

import ssl
from typing import Any
from urllib.parse import urlsplit

from kombu import Connection


def connect(amqp_uri: str, **options: Any) -> Connection:
    """Give a connection to the broker at `amqp_uri`, which is opened when first needed."""
    return Connection(amqp_uri, ssl=verified_tls(amqp_uri), **options)


def verified_tls(amqp_uri: str) -> dict[str, Any] | None:
    """Give what py-amqp needs in order to verify the server of an `amqps://` URI; None for one without TLS.

    Whom to trust is OpenSSL's: the system's authorities, or the file in SSL_CERT_FILE.
    """
    where = urlsplit(amqp_uri)
    if where.scheme != "amqps":
        return None
    return {"server_hostname": where.hostname, "cert_reqs": ssl.CERT_REQUIRED}
