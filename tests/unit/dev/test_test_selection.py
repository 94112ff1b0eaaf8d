"""`./partnerships test` runs what is named, in as many processes as there are cores."""

import pytest

from dev.tests import in_processes, pytest_arguments

ALL = ["tests", "--ignore=tests/pages", "--ignore=tests/containers"]


def test_all_are_run_but_what_needs_a_browser_or_an_engine_when_nothing_is_named() -> None:
    assert pytest_arguments([]) == ALL


def test_a_kind_is_named_by_its_folder() -> None:
    assert pytest_arguments(["unit", "contracts"]) == ["tests/unit", "tests/contracts"]


def test_a_service_is_named_by_its_name_whatever_kind_its_tests_are_of() -> None:
    assert pytest_arguments(["camps"]) == ["tests/integration/camps", "tests/unit/camps"]


def test_files_that_bear_the_name_belong_to_it() -> None:
    assert "tests/contracts/test_events.py" in pytest_arguments(["events"])


@pytest.mark.parametrize("options", [["-x", "--lf"], ["-k", "camps"], ["-k", "unit"], ["-n", "0"]])
def test_what_else_is_given_is_for_pytest_as_it_stands(options: list[str]) -> None:
    assert pytest_arguments(options) == [*ALL, *options]
    assert pytest_arguments(["contracts", *options]) == ["tests/contracts", *options]


def test_a_path_is_run_alone() -> None:
    assert pytest_arguments(["tests/unit/camps/test_camp.py", "-x"]) == ["tests/unit/camps/test_camp.py", "-x"]


def test_a_word_that_names_nothing_is_left_to_pytest_to_refuse() -> None:
    assert pytest_arguments(["unit", "camp"]) == ["tests/unit", "camp"]


@pytest.mark.parametrize(("cores", "processes"), [(1, "1"), (2, "2"), (64, "4")])
def test_there_is_a_process_for_each_core_as_far_as_memory_goes(cores: int, processes: str) -> None:
    assert in_processes(cores)[:2] == ["-n", processes]
