"""Asks the running instance for what is kept of a person, or has them erased."""

import json
from dataclasses import replace

from cli.connection.api import Api
from cli.connection.instance_address import running_instance
from cli.connection.services import services
from cli.connection.settings import settings
from cli.connection.signing import token_for


def administrator() -> Api:
    """Give a client that calls as an administrator of the institute: by `ACCESS_TOKEN` where that is given."""
    token = settings()["ACCESS_TOKEN"] or token_for(
        subject="operator", organisation="*", roles=("institute_admin",), person=None
    )
    return replace(running_instance().api, token=token)


def export_person(person_id: str) -> str:
    """Give, as JSON, all that each service keeps of a person; raises Refused and Unreachable."""
    api = administrator()
    kept = {name: api.get(f"/v1/people-exports/{name}/{person_id}")["kept"] for name in services()}
    return json.dumps({"person_id": person_id, "services": kept}, ensure_ascii=False, indent=2)


def erase_person(person_id: str, *, reason: str) -> str:
    """Erase who a person was, and say so; raises Refused and Unreachable."""
    api, path = administrator(), f"/v1/people/{person_id}"
    seen = {"If_Match": f'"{api.get(path)["version"]}"'}
    api.post(f"{path}/erasures", {"erasure": "complete", "reason": reason}, **seen)
    return f"{person_id} is erased in partners; the other services follow within seconds, and look again for 130 days"
