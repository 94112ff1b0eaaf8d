"""The guard ends exactly what a dead supervisor left."""

from cli.local.orphan_guard import sessions_left


def test_a_session_that_has_ended_is_no_orphan() -> None:
    assert sessions_left(["+11\n", "+12\n", "-11\n", "+13\n"]) == {12, 13}


def test_a_supervisor_that_ended_in_order_left_none() -> None:
    assert sessions_left(["+11\n", "-11\n"]) == set()
