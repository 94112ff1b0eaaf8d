"""Tokens as the tests sign them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

SECRET = "a secret of the tests, and long enough"
LATER = datetime.now(UTC) + timedelta(hours=1)


CLAIMS: dict[str, Any] = {
    "sub": "anna",
    "org": "prt_1",
    "roles": ["partner_lead"],
    "exp": LATER,
    "iss": "partnerships",
}


def signed(claims: dict[str, Any] = CLAIMS, *, secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, secret, algorithm=algorithm)
