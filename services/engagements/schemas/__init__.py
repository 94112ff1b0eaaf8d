"""The types of arguments and of fields of events, an area of the work a module; each validates its values."""
