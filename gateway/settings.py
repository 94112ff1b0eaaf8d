"""What of the gateway can be set."""

from marshmallow import fields, validate

from chassis.runtime.settings import Settings, address, number, optional, positive, seconds, text


def _address_of_an_issuer(also: str = "") -> fields.String:
    """Whoever could change what comes from there could be anybody: in the clear only within one machine."""
    rule = validate.Regexp(
        r"(https://[^\s/?#@]+|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?)(/[^\s?#]*)?$|^$" + also,
        error="A URL as https://… is expected, or nothing.",
    )
    return optional(rule)


class GatewaySettings(Settings):
    """Where it listens, whom it believes, and how much it takes."""

    section = "gateway"

    WEB_SERVER_ADDRESS = address()
    WEB_SERVER_SHARED = fields.Boolean(required=True, truthy={True}, falsy={False})
    OIDC_ISSUER = _address_of_an_issuer()
    OIDC_AUDIENCE = optional()
    OIDC_JWKS_URL = _address_of_an_issuer(also=r"|file:///\S+$")
    OIDC_SUBJECT_CLAIM = text(1, 200)
    OIDC_ORGANISATION_CLAIM = text(1, 200)
    OIDC_ROLES_CLAIM = text(1, 200)
    OIDC_PERSON_CLAIM = text(1, 200)
    TOKEN_HOURS_AT_MOST = positive("More than 0 hours is expected.")
    DEVELOPMENT_TOKENS = fields.Boolean(required=True, truthy={True}, falsy={False})
    TOKEN_SECRET = optional()
    TOKEN_SECRET_FILE = optional()
    REQUESTS_AT_ONCE = number(1, 10_000)
    REQUESTS_PER_SECOND = number(1, 1_000_000)
    CLIENT_SECONDS = seconds()
    CONNECTIONS = number(1, 100_000)
    CONNECTIONS_PER_ADDRESS = number(1, 100_000)
    TRUSTED_PROXIES = number(0, 10)
    PAGES_AT_ONCE = number(1, 10_000)
    PAGES_PER_SECOND = number(1, 1_000_000)
    INQUIRIES_PER_HOUR = number(1, 1_000_000)


class ProgrammeSettings(Settings):
    """Whose programme it is; the letters of notifications say it, too."""

    section = "programme"

    ORGANISATION_NAME = text(1, 200)
    CONTACT_NAME = text(1, 200)
    CONTACT_EMAIL = fields.Email(required=True)


SECTIONS = (GatewaySettings, ProgrammeSettings)
