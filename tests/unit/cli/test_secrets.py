from pathlib import Path

from cli.operations.secrets import SECRETS, make_secrets


def test_every_secret_is_made_once_and_never_changed(tmp_path: Path) -> None:
    first = list(make_secrets(tmp_path))
    made = {name: (tmp_path / name).read_text() for name in SECRETS}

    again = list(make_secrets(tmp_path))

    assert first == [f"{tmp_path / name} was generated" for name in SECRETS]
    assert again == [f"{tmp_path / name} exists" for name in SECRETS]
    assert {name: (tmp_path / name).read_text() for name in SECRETS} == made
    assert len(set(made.values())) == len(SECRETS)
    assert min(map(len, made.values())) >= 32  # TOKEN_SECRET's least
