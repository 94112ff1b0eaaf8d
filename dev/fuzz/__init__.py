"""Fuzzing with schemathesis: every operation of a running instance, as staff and as leaders of two partners."""
