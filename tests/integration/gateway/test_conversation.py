"""What a client and the gateway say to each other when all is well, and when the client is wrong."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo.database import Database

from chassis.testing import eventually
from tests.integration.gateway.conftest import House
from tests.integration.gateway.door import Door
from tests.integration.gateway.programme import (
    ADMISSION,
    LEADER,
    PARTNER,
    a_partner,
    an_admitted_partner,
    its_engagement,
)

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
CRITERIA = (
    "reach", "committed_leaders", "aligned_mission", "population_health", "improvement_experience", "desire_to_test",
    "willingness_to_share",
)  # fmt: skip
ACTIVATION = {"lead_coach_id": "per_1", "activated_on": "2026-02-01"}


def test_what_is_created_has_a_place_and_a_version(door: Door) -> None:
    created = door.post("/v1/partners", {**PARTNER, "name": "Cincinnati Children’s Hospital Medical Center"})

    assert created.status == 201
    assert created.headers["ETag"] == '"1"'
    found = door.get(created.headers["Location"])
    assert found.status == 200
    assert found.headers["ETag"] == '"1"'
    assert found.body == created.body
    assert found.body["name"] == "Cincinnati Children’s Hospital Medical Center"


def test_a_milestone_is_planned_and_reached_by_the_partner_itself(door: Door) -> None:
    partner = an_admitted_partner(door)
    engagement = its_engagement(door, partner)
    assert door.move(f"/v1/engagements/{engagement['id']}", "active", version=1, **ACTIVATION).status == 200
    lead = door.as_(partner["id"], "partner_lead")

    planned = lead.post(
        "/v1/milestones",
        {"engagement_id": engagement["id"], "kind": "spread", "title": "Half of all wards", "due_on": "2026-06-01"},
    )
    path = planned.headers["Location"]
    reached = lead.move(path, "reached", version=1, reached_on="2026-05-01", evidence="Seen")

    assert planned.status == 201
    assert reached.status == 200
    assert reached.headers["ETag"] == '"2"'
    assert lead.get(path).body["state"] == "reached"
    assert lead.get(path).body["evidence"][0]["confirmed_by"] == "someone"


def test_an_assessment_has_a_place_and_names_the_verdict_that_is_none(door: Door) -> None:
    path = f"/v1/partners/{a_partner(door)['id']}/assessments"
    judgements = [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in CRITERIA]

    created = door.post(path, {"judgements": judgements})
    refused = door.post(path, {"judgements": [*judgements[:6], {**judgements[6], "verdict": "4"}]})

    assert door.get(created.headers["Location"]).body == created.body
    assert door.get(path).body["items"] == [created.body]
    assert [error["pointer"] for error in refused.problem["errors"]] == ["/judgements/6/verdict"]


class TestPatches:
    def test_a_merge_patch_changes_what_it_names_and_empties_what_is_null(self, door: Door) -> None:
        partner = a_partner(door)

        patched = door.patch(f"/v1/partners/{partner['id']}", {"name": "Another", "place": None}, If_Match='"1"')

        assert patched.status == 200
        assert patched.headers["ETag"] == '"2"'
        assert patched.body == partner | {"name": "Another", "place": None, "version": 2}

    @pytest.mark.parametrize(
        ("headers", "status"),
        [({}, 428), ({"If_Match": '"7"'}, 412), ({"If_Match": '"1"', "Content_Type": "text/plain"}, 415)],
    )
    def test_a_patch_needs_the_version_that_was_seen_and_json(
        self, door: Door, headers: dict[str, str], status: int
    ) -> None:
        partner = a_partner(door)
        path = f"/v1/partners/{partner['id']}"

        assert door.patch(path, {"name": "Another"}, **headers).problem["status"] == status
        assert door.get(path).body == partner

    def test_a_member_that_cannot_be_empty_or_is_not_known_is_named(self, door: Door) -> None:
        path = f"/v1/partners/{a_partner(door)['id']}"

        refused = door.patch(path, {"name": None, "colour": "blue", "version": 1}, If_Match='"1"')
        wrong = door.patch(path, {"name": None, "colour": "blue"}, If_Match='"1"')

        assert [error["pointer"] for error in refused.problem["errors"]] == ["/version"]
        assert {error["pointer"] for error in wrong.problem["errors"]} == {"/name", "/colour"}


class TestVersions:
    @pytest.fixture
    def path(self, door: Door) -> str:
        partner = a_partner(door)
        door.post("/v1/people", {**LEADER, "partner_id": partner["id"]})
        return f"/v1/partners/{partner['id']}"

    def test_a_transition_without_a_version_is_asked_for_one(self, door: Door, path: str) -> None:
        assert door.post(f"{path}/transitions", {"to": "admitted", **ADMISSION}).problem["status"] == 428

    def test_a_version_that_is_none_is_not_understood(self, door: Door, path: str) -> None:
        refused = door.post(f"{path}/transitions", {"to": "admitted", **ADMISSION}, If_Match='W/"1"')

        assert refused.problem["status"] == 400

    def test_a_stale_version_changes_nothing(self, door: Door, path: str) -> None:
        refused = door.move(path, "admitted", version=7, **ADMISSION)

        assert refused.problem["status"] == 412
        assert refused.problem["code"] == "stale"
        assert door.get(path).body["state"] == "proposed"

    def test_what_the_state_does_not_allow_is_a_conflict(self, door: Door, path: str) -> None:
        door.move(path, "admitted", version=1, **ADMISSION)

        refused = door.move(path, "admitted", version=2, **ADMISSION)

        assert refused.problem["status"] == 409
        assert refused.problem["code"] == "partner_already_admitted"

    def test_a_state_that_is_not_there_is_answered_with_those_that_are(self, door: Door, path: str) -> None:
        refused = door.move(path, "gone", version=1)

        assert refused.problem["status"] == 422
        assert refused.problem["errors"][0]["pointer"] == "/to"
        assert "admitted" in refused.problem["errors"][0]["detail"]

    @pytest.mark.parametrize("to", [None, 1, ["admitted"], {"admitted": 1}])
    def test_a_state_is_a_word(self, door: Door, path: str, to: Any) -> None:
        assert door.post(f"{path}/transitions", {"to": to}, If_Match='"1"').problem["status"] == 422

    @pytest.mark.parametrize("member", ["version", "partner_id"])
    def test_what_the_path_or_a_header_says_is_not_said_again(self, door: Door, path: str, member: str) -> None:
        body = {"to": "admitted", **ADMISSION, member: "prt_1"}

        refused = door.post(f"{path}/transitions", body, If_Match='"1"')

        assert refused.problem["status"] == 422
        assert [error["pointer"] for error in refused.problem["errors"]] == [f"/{member}"]


class TestRepeats:
    @pytest.fixture
    def key(self) -> str:
        return uuid4().hex

    def test_the_same_key_and_body_have_one_effect_and_one_answer(self, door: Door, key: str) -> None:
        answers = [door.post("/v1/partners", PARTNER, Idempotency_Key=key) for _ in range(3)]

        assert {answer.status for answer in answers} == {201}
        assert len({answer.body["id"] for answer in answers}) == 1

    def test_the_same_key_with_another_body_is_refused(self, door: Door, key: str) -> None:
        door.post("/v1/partners", PARTNER, Idempotency_Key=key)

        refused = door.post("/v1/partners", {**PARTNER, "name": "Another"}, Idempotency_Key=key)

        assert refused.problem["status"] == 422
        assert refused.problem["code"] == "command_id_reused"

    def test_a_transition_repeated_with_its_key_gets_the_first_answer(self, door: Door, key: str) -> None:
        partner = a_partner(door)
        door.post("/v1/people", {**LEADER, "partner_id": partner["id"]})
        asked = f"/v1/partners/{partner['id']}/transitions", {"to": "admitted", **ADMISSION}

        first, second = (door.post(*asked, If_Match='"1"', Idempotency_Key=key) for _ in range(2))

        assert (first.status, second.status) == (200, 200)
        assert first.body == second.body

    def test_a_key_that_is_none_is_not_understood(self, door: Door) -> None:
        assert door.post("/v1/partners", PARTNER, Idempotency_Key="a b").problem["status"] == 400

    def test_without_a_key_two_requests_are_two(self, door: Door) -> None:
        assert a_partner(door)["id"] != a_partner(door)["id"]


class TestWhoMay:
    @pytest.fixture
    def partner(self, door: Door) -> Iterator[Any]:
        yield a_partner(door)

    def test_a_stranger_is_asked_who_they_are(self, door: Door) -> None:
        refused = Door(port=door.port, token="x").get("/v1/partners")

        assert refused.problem["status"] == 401
        assert refused.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("role", ["partner_lead", "partner_editor", "partner_viewer", "auditor", "faculty"])
    def test_a_missing_role_is_named(self, door: Door, partner: Any, role: str) -> None:
        refused = door.as_(partner["id"], role).post("/v1/people", LEADER)

        assert refused.problem["status"] == 403
        assert "programme_staff" in refused.problem["detail"]

    @pytest.mark.parametrize("role", ["partner_viewer", "auditor"])
    def test_everybody_reads_their_own_and_nobody_elses(self, door: Door, partner: Any, role: str) -> None:
        other = a_partner(door)
        reader = door.as_(partner["id"], role)

        assert reader.get(f"/v1/partners/{partner['id']}").status == 200
        assert reader.get(f"/v1/partners/{other['id']}").problem["status"] == 404
        assert [each["id"] for each in reader.get("/v1/partners").body["items"]] == [partner["id"]]

    def test_what_is_anothers_looks_like_what_is_not_there(self, door: Door, partner: Any) -> None:
        other = a_partner(door)
        reader = door.as_(partner["id"], "partner_viewer")

        hidden, missing = reader.get(f"/v1/partners/{other['id']}"), reader.get("/v1/partners/prt_none")

        assert (hidden.problem["status"], missing.problem["status"]) == (404, 404)
        assert hidden.problem["code"] == missing.problem["code"]

    def test_another_partners_engagement_is_not_planned_for(self, door: Door, partner: Any) -> None:
        engagement = its_engagement(door, an_admitted_partner(door))
        milestone = {"engagement_id": engagement["id"], "kind": "spread", "title": "Ours", "due_on": "2026-06-01"}

        refused = door.as_(partner["id"], "partner_lead").post("/v1/milestones", milestone)

        assert refused.problem["status"] == 404


class TestQueries:
    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("colour=red", "colour"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=ten", "limit"),
            ("limit=1e1", "limit"),
            ("country=Sweden", "country"),
            ("state=gone", "state"),
            ("cursor=***", "cursor"),
        ],
    )
    def test_a_wrong_parameter_is_named(self, door: Door, query: str, parameter: str) -> None:
        refused = door.get(f"/v1/partners?{query}")

        assert refused.problem["status"] == 400
        assert [error["parameter"] for error in refused.problem["errors"]] == [parameter]

    @pytest.mark.parametrize("query", ["state=admitted&state=proposed", "state=%FF", "limit=1&limit=1"])
    def test_a_query_that_can_be_read_in_two_ways_is_refused(self, door: Door, query: str) -> None:
        refused = door.get(f"/v1/partners?{query}")

        assert refused.problem["status"] == 400
        assert refused.problem["code"] == "malformed_query"

    def test_what_the_path_says_is_no_parameter(self, door: Door) -> None:
        refused = door.get("/v1/partners/prt_1?partner_id=prt_2")

        assert refused.problem["errors"][0]["parameter"] == "partner_id"

    def test_a_command_takes_no_parameters(self, door: Door) -> None:
        refused = door.post("/v1/partners?dry_run=1", PARTNER)

        assert refused.problem["status"] == 400
        assert refused.problem["errors"][0]["parameter"] == "dry_run"

    def test_a_page_links_to_the_next_until_there_is_none(self, door: Door) -> None:
        ids = {a_partner(door, country="QA", subdivision=None)["id"] for _ in range(5)}
        path, seen = "/v1/partners?country=QA&limit=2", []

        while path:
            page = door.get(path)
            seen += [each["id"] for each in page.body["items"]]
            link = page.headers["Link"]
            assert bool(link) == bool(page.body["next_cursor"])
            path = link.removeprefix("<").partition(">")[0] if link else ""

        assert set(seen) == ids
        assert len(seen) == 5

    @pytest.mark.parametrize("id", ["nonsense", "eng_1", "prt_%00", "prt_%FF", "prt_1%2Fx", "%20"])
    def test_what_cannot_be_an_id_is_not_there(self, door: Door, id: str) -> None:
        assert door.get(f"/v1/partners/{id}").problem["status"] == 404


class TestBodies:
    def test_a_wrong_member_is_pointed_at(self, door: Door) -> None:
        refused = door.post("/v1/partners", {**PARTNER, "zone": "Nowhere", "colour": "red", "focus_areas": ["a", "B"]})

        assert refused.problem["status"] == 422
        assert {error["pointer"] for error in refused.problem["errors"]} == {"/zone", "/colour", "/focus_areas/1"}

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"[]", b'{"name": NaN}', b'{"name": 1, "name": 2}', b'{"name": "\\u0000"}', b"\xff"]
    )
    def test_what_is_no_strict_json_is_not_understood(self, door: Door, body: bytes) -> None:
        assert door.post("/v1/partners", body).problem["status"] == 400

    @pytest.mark.parametrize("type", ["datetime", "uuid", "nothing"])
    def test_no_member_means_anything_to_those_who_carry_it(self, door: Door, type: str) -> None:
        refused = door.post("/v1/partners", {**PARTNER, "name": {"__type__": type, "__value__": "x"}})

        assert refused.problem["status"] == 422
        assert refused.problem["errors"][0]["pointer"] == "/name"

    def test_only_json_is_read(self, door: Door) -> None:
        assert door.post("/v1/partners", PARTNER, Content_Type="text/plain").problem["status"] == 415
        assert door.post("/v1/partners", PARTNER, Content_Encoding="gzip").problem["status"] == 415

    def test_only_json_is_spoken(self, door: Door) -> None:
        assert door.get("/v1/partners", Accept="text/html").problem["status"] == 406
        assert door.get("/v1/partners", Accept="text/html, */*;q=0.1").status == 200

    def test_a_body_that_comes_in_chunks_is_read_whole(self, door: Door) -> None:
        name = "Ö" * 200
        text = json.dumps({**PARTNER, "name": name}).encode()

        created = door.ask(
            "POST",
            "/v1/partners",
            body=iter([text[:10], text[10:300], text[300:]]),
            headers={"Content-Type": "application/json"},
        )

        assert created.status == 201
        assert created.body["name"] == name

    def test_a_body_up_to_1_mib_is_read_and_a_larger_one_is_not(self, door: Door) -> None:
        def padded(size: int) -> bytes:
            text = json.dumps(PARTNER).encode()
            return text + b" " * (size - len(text))

        chunks = iter([padded(1024 * 1024), b"  "])

        assert door.post("/v1/partners", padded(1024 * 1024)).status == 201
        assert door.post("/v1/partners", padded(1024 * 1024 + 1)).problem["status"] == 413
        chunked = door.ask("POST", "/v1/partners", body=chunks, headers={"Content-Type": "application/json"})
        assert chunked.problem["status"] == 413


class TestPathsAndMethods:
    @pytest.mark.parametrize("path", ["/", "/v1/", "/v1/partner", "/v1/partners/", "/v1//partners", "/v2/partners"])
    def test_a_path_that_is_not_there(self, door: Door, path: str) -> None:
        refused = door.get(path)

        assert refused.problem["status"] == 404
        assert refused.problem["instance"] == path

    @pytest.mark.parametrize(
        ("method", "path", "allow"),
        [
            ("DELETE", "/v1/partners", {"GET", "HEAD", "POST"}),
            ("PUT", "/v1/partners/prt_1", {"GET", "HEAD", "PATCH"}),
            ("GET", "/v1/partners/prt_1/transitions", {"POST"}),
            ("POST", "/livez", {"GET", "HEAD"}),
        ],
    )
    def test_a_method_that_is_not_there_is_answered_with_those_that_are(
        self, door: Door, method: str, path: str, allow: set[str]
    ) -> None:
        refused = door.ask(method, path)

        assert refused.problem["status"] == 405
        assert set(refused.headers["Allow"].split(", ")) == allow

    def test_head_says_what_get_says_without_a_body(self, door: Door) -> None:
        partner = a_partner(door)

        head = door.ask("HEAD", f"/v1/partners/{partner['id']}")

        assert (head.status, head.body, head.headers["ETag"]) == (200, None, '"1"')


class TestTraces:
    def test_a_clients_request_id_goes_all_the_way(
        self, door: Door, house: House, partners_database: Database[dict[str, Any]]
    ) -> None:
        id = f"mine.{uuid4().hex}"

        answer = door.post(
            "/v1/people", {**LEADER, "role": "coach", "email": f"{id}@x.example"}, X_Request_Id=id, traceparent=TRACE
        )

        assert answer.headers["X-Request-Id"] == id
        row = partners_database["outbox"].find_one({"correlation_id": id})
        assert row is not None
        assert row["actor"] == "someone"
        assert row["traceparent"] == TRACE

    def test_a_request_id_that_could_do_harm_is_replaced(self, door: Door) -> None:
        answer = door.get("/v1/partners", X_Request_Id="a b")

        assert answer.headers["X-Request-Id"].startswith("req_")

    def test_every_request_is_one_line_in_the_log(self, door: Door, house: House) -> None:
        door.get("/v1/partners/prt_none", X_Request_Id="logged.once")

        lines = eventually(lambda: house.gateway.said("logged.once"))

        assert len(lines) == 1
        line = json.loads(lines[0])
        assert line["method"] == "GET"
        assert line["path"] == "/v1/partners/prt_none"
        assert line["status"] == 404
        assert line["subject"] == "someone"
        assert line["ms"] > 0
        assert door.token not in lines[0]
