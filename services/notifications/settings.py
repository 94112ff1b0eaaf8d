"""What of notifications can be set."""

from marshmallow import fields, validate

from chassis.runtime.settings import Settings, one_of, optional, seconds, text, uri


class DueSettings(Settings):
    """What is due; engagements reads it, too."""

    section = "due"

    DUE_LOOP_SECONDS = seconds()


class NotificationsSettings(Settings):
    """Letters, and the server they are handed to."""

    section = "notifications"

    SMTP_URI = uri("smtp", "smtps")
    SMTP_PASSWORD_FILE = optional()
    SMTP_TLS = one_of("offered", "required")
    SMTP_CA_BUNDLE = optional()
    MAIL_LOOP_SECONDS = seconds()
    MAIL_LEASE_SECONDS = seconds()
    SMTP_COMMAND_SECONDS = seconds()
    SMTP_DATA_SECONDS = seconds()
    SMTP_BLOCK_SECONDS = seconds()
    SMTP_FINAL_SECONDS = seconds()
    MAIL_FROM_NAME = optional(validate.Length(max=200))
    MAIL_FROM = fields.Email(required=True)


class ProgrammeSettings(Settings):
    """Whose programme it is; the gateway's page for answers says it, too."""

    section = "programme"

    ORGANISATION_NAME = text(1, 200)
    CONTACT_NAME = text(1, 200)
    CONTACT_EMAIL = fields.Email(required=True)


class LinksSettings(Settings):
    """What the links in letters are made with; camps reads it, too."""

    section = "links"

    LINK_SECRET = optional()
    LINK_SECRET_FILE = optional()


SECTIONS = (DueSettings, LinksSettings, NotificationsSettings, ProgrammeSettings)
