"""The same two processes three times: a gateway that calls, and a service that answers."""
