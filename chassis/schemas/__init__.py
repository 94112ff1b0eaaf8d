"""What crosses the wire: strict fields, messages, and errors that name the field and what would be right."""

from chassis.schemas import sentences as sentences  # before any field is made
