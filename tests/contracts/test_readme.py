"""What whoever comes for the first time must be told: the README says it, or links to what does."""

from pathlib import Path

import pytest

README = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "told",
    [
        "There is no user interface yet, but `/docs` on the gateway",
        "a change of state needs the version that was read, as `If-Match`",
        "`POST /v1/milestones/{id}/transitions {",
        "once, a network are enough: packages (one has MongoDB) and, on Debian and Ubuntu, RabbitMQ are fetched",
        "`./partnerships token` makes tokens of [the roles](docs/roles.md)",
    ],
)
def test_the_readme_says_in_a_few_lines_what_is_there_and_what_it_takes(told: str) -> None:
    assert told in README
    assert (Path(__file__).parents[2] / "docs" / "roles.md").exists()
