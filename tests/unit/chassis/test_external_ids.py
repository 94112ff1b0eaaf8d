from typing import Any

import pytest

from chassis.schemas.external_ids import ExternalIdText
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load


class Named(Request):
    external_id = ExternalIdText()


@pytest.mark.parametrize("name", ["7", "QI-2026/017", "urn:oid:2.16.840.1_a", "x" * 100])
def test_what_another_system_calls_something_is_kept_as_it_is(name: str) -> None:
    assert load(Named(), {"external_id": name}) == {"external_id": name}


@pytest.mark.parametrize("name", ["", " 7", "a b", "é", "x" * 101, "<7>", 'a"b', "a\nb", 7])
def test_anything_else_is_no_such_name(name: Any) -> None:
    with pytest.raises(InvalidFields):
        load(Named(), {"external_id": name})
