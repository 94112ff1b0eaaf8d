"""What somebody has seen and what is there now: tags, conditions and patches."""

from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import ADMISSION, LEADER, a_partner


class TestPatches:
    def test_a_merge_patch_changes_what_it_names_and_empties_what_is_null(self, client: GatewayClient) -> None:
        partner = a_partner(client)

        patched = client.patch(f"/v1/partners/{partner['id']}", {"kind": "Another", "place": None}, If_Match='"1"')

        assert patched.status == 200
        assert patched.headers["ETag"].startswith('"2.')
        assert patched.body["updated_at"] > partner["updated_at"]
        assert patched.body == partner | {
            "kind": "Another",
            "place": None,
            "version": 2,
            "updated_at": patched.body["updated_at"],
        }

    @pytest.mark.parametrize(
        ("headers", "status"),
        [({}, 428), ({"If_Match": '"7"'}, 412), ({"If_Match": '"1"', "Content_Type": "text/plain"}, 415)],
    )
    def test_a_patch_needs_the_version_that_was_seen_and_json(
        self, client: GatewayClient, headers: dict[str, str], status: int
    ) -> None:
        partner = a_partner(client)
        path = f"/v1/partners/{partner['id']}"

        assert client.patch(path, {"kind": "another"}, **headers).problem["status"] == status
        assert client.get(path).body == partner

    def test_a_member_that_cannot_be_empty_or_is_not_known_is_named(self, client: GatewayClient) -> None:
        path = f"/v1/partners/{a_partner(client)['id']}"

        refused = client.patch(path, {"name": None, "colour": "blue", "version": 1}, If_Match='"1"')
        wrong = client.patch(path, {"name": None, "colour": "blue"}, If_Match='"1"')

        assert [error["pointer"] for error in refused.problem["errors"]] == ["/version"]
        assert {error["pointer"] for error in wrong.problem["errors"]} == {"/name", "/colour"}


class TestVersions:
    @pytest.fixture
    def path(self, client: GatewayClient) -> str:
        partner = a_partner(client)
        client.post("/v1/people", {**LEADER, "partner_id": partner["id"]})
        return f"/v1/partners/{partner['id']}"

    def test_a_transition_without_a_version_is_asked_for_one(self, client: GatewayClient, path: str) -> None:
        assert client.post(f"{path}/transitions", {"to": "admitted", **ADMISSION}).problem["status"] == 428

    def test_a_version_that_is_none_is_not_understood(self, client: GatewayClient, path: str) -> None:
        refused = client.post(f"{path}/transitions", {"to": "admitted", **ADMISSION}, If_Match="1")

        assert refused.problem["status"] == 400

    def test_the_whole_tag_of_what_was_seen_is_taken_even_from_a_proxy_that_packed_it(
        self, client: GatewayClient, path: str
    ) -> None:
        seen = client.get(path).headers["ETag"]

        patched = client.patch(path, {"kind": "another"}, If_Match=f'{seen[:-1]}-gzip"')

        assert patched.status == 200

    @pytest.mark.parametrize("given", ['"7"', 'W/"1"', '"another"'])
    def test_who_has_seen_something_else_is_told_the_tag_of_what_is_there(
        self, client: GatewayClient, path: str, given: str
    ) -> None:
        refused = client.post(f"{path}/transitions", {"to": "admitted", **ADMISSION}, If_Match=given)

        assert refused.problem["status"] == 412
        assert refused.headers["ETag"] == client.get(path).headers["ETag"]

    def test_one_of_several_versions_may_be_the_one_that_is_there(self, client: GatewayClient, path: str) -> None:
        key, name = "any-of-these", {"name": "Another"}

        first, repeated = (client.patch(path, name, If_Match='"2", "1"', Idempotency_Key=key) for _ in range(2))

        assert [first.status, first.body["version"]] == [200, 2]
        assert [repeated.status, repeated.body["version"], repeated.headers["Idempotent-Replayed"]] == [200, 2, "true"]
        assert client.patch(path, {"name": "A third"}, If_Match='"1", "2"').body["version"] == 3

    def test_a_list_of_stale_versions_is_refused_once_and_recorded_once(
        self, client: GatewayClient, path: str, partners_database: Any
    ) -> None:
        rarely_refused = client.as_("*", "programme_staff", subject="rarely_refused")

        refused = rarely_refused.patch(path, {"name": "Another"}, If_Match='"8", "7", "9"')

        assert "not 7 or 8 or 9" in refused.problem["detail"]
        recorded = {"resources": path.rpartition("/")[2], "code": "stale"}
        assert (refused.status, partners_database["audit_records"].count_documents(recorded)) == (412, 1)

    def test_a_tag_that_a_proxy_made_weak_is_refused_by_that_cause(self, client: GatewayClient, path: str) -> None:
        seen = client.get(path).headers["ETag"]

        refused = client.patch(path, {"kind": "another"}, If_Match=f'W/{seen[:-1]}-gzip"').problem

        assert (refused["status"], refused["code"]) == (412, "weak_etag")
        assert client.patch(path, {"kind": "another"}, If_Match='"1"').status == 200

    def test_a_star_takes_whichever_version_there_is_and_nothing_that_is_not_there(
        self, client: GatewayClient, path: str
    ) -> None:
        client.patch(path, {"kind": "another"}, If_Match='"1"')

        assert client.patch(path, {"kind": "a third"}, If_Match="*").body["version"] == 3
        assert client.patch("/v1/partners/prt_none", {"kind": "a third"}, If_Match="*").problem["status"] == 404

    def test_a_stale_version_changes_nothing(self, client: GatewayClient, path: str) -> None:
        refused = client.move(path, "admitted", version=7, **ADMISSION)

        assert refused.problem["status"] == 412
        assert refused.problem["code"] == "stale"
        assert client.get(path).body["state"] == "proposed"

    def test_what_the_state_does_not_allow_is_a_conflict(self, client: GatewayClient, path: str) -> None:
        client.move(path, "admitted", version=1, **ADMISSION)

        refused = client.move(path, "admitted", version=2, **ADMISSION)

        assert refused.problem["status"] == 409
        assert refused.problem["code"] == "partner_already_admitted"

    def test_a_state_that_is_not_there_is_answered_with_those_that_are(self, client: GatewayClient, path: str) -> None:
        refused = client.move(path, "gone", version=1)

        assert refused.problem["status"] == 422
        assert refused.problem["errors"][0]["pointer"] == "/to"
        assert "admitted" in refused.problem["errors"][0]["detail"]

    @pytest.mark.parametrize("to", [None, 1, ["admitted"], {"admitted": 1}])
    def test_a_state_is_a_word(self, client: GatewayClient, path: str, to: Any) -> None:
        assert client.post(f"{path}/transitions", {"to": to}, If_Match='"1"').problem["status"] == 422

    @pytest.mark.parametrize("member", ["version", "partner_id"])
    def test_what_the_path_or_a_header_says_is_not_said_again(
        self, client: GatewayClient, path: str, member: str
    ) -> None:
        body = {"to": "admitted", **ADMISSION, member: "prt_1"}

        refused = client.post(f"{path}/transitions", body, If_Match='"1"')

        assert refused.problem["status"] == 422
        assert [error["pointer"] for error in refused.problem["errors"]] == [f"/{member}"]


class TestWhatTheClientHasAlready:
    @pytest.mark.parametrize("path", ["/v1/partners/{id}", "/v1/partners?country=FJ", "/v1/partners/{id}/assessments"])
    def test_it_is_not_sent_again(self, client: GatewayClient, path: str) -> None:
        path = path.format(id=a_partner(client)["id"])
        tag = client.get(path).headers["ETag"]

        known = client.get(path, If_None_Match=f'"x", W/{tag}')

        assert (known.status, known.body) == (304, None)
        assert known.headers["ETag"] == tag
        assert known.headers["Cache-Control"] == "private, no-cache"
        assert known.headers["Vary"] == "Accept, Authorization"
        assert client.get(path, If_None_Match="*").status == 304

    def test_what_has_changed_is_sent(self, client: GatewayClient) -> None:
        partner = a_partner(client, country="TO", subdivision=None)
        one, many = f"/v1/partners/{partner['id']}", "/v1/partners?country=TO"
        tags = [client.get(path).headers["ETag"] for path in (one, many)]
        client.patch(one, {"kind": "another"}, If_Match="*")

        answers = [client.get(path, If_None_Match=tag) for path, tag in zip((one, many), tags, strict=True)]

        assert [answer.status for answer in answers] == [200, 200]
