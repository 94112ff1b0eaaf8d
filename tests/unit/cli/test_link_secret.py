"""The secret of a local instance's links is replaced as in the containers: by a line above it."""

from pathlib import Path

from chassis.runtime.secret_files import with_secrets
from cli.local.instance import link_settings


def test_a_new_secret_is_written_above_the_one_that_is_kept(tmp_path: Path) -> None:
    first = with_secrets(link_settings(tmp_path))["LINK_SECRET"]
    kept = tmp_path / "link-secret"
    kept.write_text(f"{'n' * 64}\n{kept.read_text()}")

    both = with_secrets(link_settings(tmp_path))["LINK_SECRET"]

    assert len(first) == 64
    assert both.splitlines() == ["n" * 64, first]
    assert kept.stat().st_mode & 0o077 == 0
