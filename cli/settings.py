"""The settings of the command line."""

from chassis.runtime.settings import Settings, optional, optional_uri


class CommandLineSettings(Settings):
    """The gateway that commands speak to, and the token they show there."""

    section = "cli"

    GATEWAY_URL = optional_uri("http", "https")
    ACCESS_TOKEN = optional()
    ACCESS_TOKEN_FILE = optional()
    SIGNING_KEY = optional()
    SIGNING_KEY_FILE = optional()


SECTIONS = (CommandLineSettings,)
