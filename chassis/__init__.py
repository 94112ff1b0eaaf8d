"""What every service stands on: it knows RabbitMQ, MongoDB and nameko, and no word of the domain."""

VERSION = "0.1.0"
