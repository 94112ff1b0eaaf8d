"""`run.json` is read by whoever wants the instance, while it is written anew."""

import json
import stat
from dataclasses import replace
from pathlib import Path

from cli.local.instance import Instance, describe
from cli.local.parts import Parts
from cli.local.supervisor import Supervisor


def test_the_run_file_is_never_read_half_written(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    with Supervisor(print_from=lambda *_: None) as supervisor:
        parts = Parts(
            amqp_uri="amqp://a", mongo_uri="mongodb://m", smtp_uri="", mail_folder=None, supervisor=supervisor
        )
        instance = Instance(gateway="http://g", secret="s" * 32, prefix="", parts=parts, ops={}, logs=tmp_path)
        describe(instance, path)
        with path.open() as reading:
            describe(replace(instance, gateway="http://h"), path)

            assert json.load(reading)["gateway"] == "http://g"
        assert json.loads(path.read_text())["gateway"] == "http://h"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600  # a token stands in it
    assert list(tmp_path.iterdir()) == [path]
