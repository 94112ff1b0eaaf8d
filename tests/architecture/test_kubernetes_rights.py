"""On Kubernetes a process has what it needs and no more: secrets, users, ways to others, rights of its container."""

import re
from collections.abc import Iterator, Mapping

import pytest

from cli.operations.secrets import SECRETS
from tests.architecture.manifests import ONCE, PROCESSES, Manifest, container_of, environment_of, named
from tests.service_names import services

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # the first run makes the tools' environment


def test_every_pod_is_shut_in_and_let_out_by_name(manifests, pods) -> None:
    policies = named(manifests, kind="NetworkPolicy")
    everybody = {"app.kubernetes.io/part-of": "partnerships"}

    assert policies["nobody-to-nobody"]["spec"] == {
        "podSelector": {"matchLabels": everybody},
        "policyTypes": ["Ingress", "Egress"],
    }
    assert all(pod["metadata"]["labels"].items() >= everybody.items() for pod in pods.values())
    assert sorted(ports_into(policies["anybody-to-gateway"])) == ["http"]
    assert sorted(ports_into(policies["monitoring-to-ops"])) == ["ops"]


READS = {
    **{service: {"broker-password", "database-password"} for service in services()},
    "gateway": {"broker-password", "secret"},
    "prepare": {"broker-password", "database-password"},
    "backup": {"database-password"},
}
"""The secrets of its own that each process needs, by hand."""
READ_LINKS = ("partners", "camps", "notifications")
"""Who makes the links in letters, or reads them: inquirers follow theirs in partners."""
REACHES = {
    **{service: {"broker", "database"} for service in services()},
    "notifications": {"broker", "database", "mail"},
    "gateway": {"broker", "issuer"},
    "prepare": {"broker", "database", "management"},
    "backup": {"database"},
}
PORTS = {"broker": 5671, "database": 27017, "mail": 587, "issuer": 443, "management": 15671}


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_process_has_no_secret_that_it_does_not_need(pods, process: str) -> None:
    volumes = {each["name"]: each for each in pods[process]["spec"]["volumes"]}

    assert {item["key"] for item in volumes["own"]["secret"]["items"]} == READS[process]
    assert all("items" in each["secret"] for each in volumes.values() if "secret" in each)
    links = {"links"} if process in READ_LINKS else set()
    assert set(volumes) - {"own", "users", "backups"} == links


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_process_reaches_nothing_that_it_does_not_need(manifests, pods, process: str) -> None:
    labels = pods[process]["metadata"]["labels"]
    policies = [each["spec"] for each in named(manifests, kind="NetworkPolicy").values()]
    open_ports = {port for each in policies if selects(each["podSelector"], labels) for port in ports_out_of(each)}

    assert {name for name, port in PORTS.items() if port in open_ports} - {
        "issuer" if process == "prepare" else ""  # the management API may be behind 443, too
    } == REACHES[process]


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_process_signs_in_only_where_it_has_a_password(manifests, pods, process: str) -> None:
    told = environment_of(pods[process], manifests)

    for part, secret in (("AMQP", "broker-password"), ("MONGO", "database-password")):
        assert bool(told.get(f"{part}_USER")) == bool(told.get(f"{part}_PASSWORD_FILE")) == (secret in READS[process])


def selects(selector: Manifest, labels: Mapping[str, str]) -> bool:
    """Whether a pod with these labels is meant, as Kubernetes reads a selector."""
    wanted = selector.get("matchLabels", {}).items() <= labels.items()
    means = {"In": lambda label, values: label in values, "NotIn": lambda label, values: label not in values}
    return wanted and all(
        means[each["operator"]](labels.get(each["key"]), each["values"])
        for each in selector.get("matchExpressions", [])
    )


def ports_out_of(policy: Manifest) -> Iterator[int]:
    yield from (port["port"] for rule in policy.get("egress", []) for port in rule["ports"])


def ports_into(policy: Manifest) -> Iterator[str]:
    yield from (port["port"] for rule in policy["spec"]["ingress"] for port in rule["ports"])


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_signs_in_as_itself_with_its_own_secret(manifests, pods, process: str) -> None:
    told = environment_of(pods[process], manifests)
    secrets = {each["secret"]["secretName"] for each in pods[process]["spec"]["volumes"]}

    assert (told["AMQP_USER"], told["MONGO_USER"]) == (process, "" if process == "gateway" else process)
    assert told["AMQP_PASSWORD_FILE"] == "/run/secrets/own/broker-password"
    assert told["MONGO_PASSWORD_FILE"] == ("" if process == "gateway" else "/run/secrets/own/database-password")
    assert secrets - {"links"} == {process}


@pytest.mark.parametrize(("process", "secret"), [("prepare", "administrator"), ("backup", "backup")])
def test_what_is_done_once_has_its_own_secret(pods, process: str, secret: str) -> None:
    (own,) = (each["secret"] for each in pods[process]["spec"]["volumes"] if each["name"] == "own")

    assert own["secretName"] == secret


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_process_may_do_nothing_it_need_not(pods, process: str) -> None:
    pod, container = pods[process]["spec"], container_of(pods[process])

    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 10001)
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert (pod["automountServiceAccountToken"], pod["enableServiceLinks"]) == (False, False)
    assert container["securityContext"] == {
        "privileged": False,
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]["limits"]) == {"cpu", "memory"} == set(container["resources"]["requests"])


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_secret_is_a_file_that_is_mounted_and_never_a_variable(manifests, pods, process: str) -> None:
    mounted = {each["name"]: each["mountPath"] for each in container_of(pods[process])["volumeMounts"]}
    told = environment_of(pods[process], manifests)

    assert [name for name, value in told.items() if is_a_secret(name) or names_a_password(value)] == []
    for path in (value for name, value in told.items() if name.endswith("_FILE") and value):
        assert path.rpartition("/")[0] in mounted.values()


def is_a_secret(name: str) -> bool:
    return name.endswith(("PASSWORD", "SECRET"))


def names_a_password(value: str) -> bool:
    return re.search(r"://[^/@]*:[^/@]*@", value) is not None


def test_a_user_is_made_for_every_process_with_the_passwords_of_its_secret(pods) -> None:
    command, volumes = container_of(pods["prepare"])["command"], pods["prepare"]["spec"]["volumes"]
    (users,) = (each["projected"]["sources"] for each in volumes if each["name"] == "users")
    given = {item["path"]: each["secret"]["name"] for each in users for item in each["secret"]["items"]}

    assert command[4:] == ["--create-users", "/run/secrets/users"]
    assert given == {path: path.partition("/")[0] for path in SECRETS if path.endswith("-password")}


def test_only_who_makes_users_signs_in_as_the_administrator(manifests, pods) -> None:
    administrator = environment_of(pods["prepare"], manifests)["MONGO_USER"]

    users = {name: environment_of(pods[name], manifests).get("MONGO_USER") for name in pods}

    assert [name for name, user in users.items() if user == administrator] == ["prepare"]
    assert users["backup"] == "backup"
