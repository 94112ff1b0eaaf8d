"""From a route to an operation of a service and back, with whose things the caller may see."""
