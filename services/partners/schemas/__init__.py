"""The types of arguments in partners, each validating its values: a module for each aggregate."""
