"""What of the command line can be set."""

from marshmallow import validate

from chassis.runtime.settings import Settings, optional


class CommandLineSettings(Settings):
    """The gateway that commands speak to, and the token they show there."""

    section = "cli"

    GATEWAY_URL = optional(validate.Regexp(r"(https?://[^/\s]+)?$", error="http://host:port or nothing is expected."))
    ACCESS_TOKEN = optional()
    ACCESS_TOKEN_FILE = optional()
    SIGNING_KEY = optional()
    SIGNING_KEY_FILE = optional()


SECTIONS = (CommandLineSettings,)
