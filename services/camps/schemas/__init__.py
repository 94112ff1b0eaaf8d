"""The types of arguments and of fields of events in camps: a module for each area of the work."""
