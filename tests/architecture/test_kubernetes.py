"""The manifests under deploy/kubernetes, as kubectl puts them together: valid, careful, and one for every process."""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.runtime.config import validated
from cli.connection.services import GATEWAY, path_of
from cli.connection.services import services as service_classes
from cli.connection.settings import every_section, settings
from cli.local.errors import CannotStart
from cli.operations.secrets import SECRETS
from dev.dependencies.environments import SHIPPING
from gateway.auth.tokens import trusted_tokens
from tests.service_names import services

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # the first run makes the tools' environment
ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "kubernetes" / "example"
KUBERNETES = "1.37"
PROCESSES = [*services(), "gateway"]
ONCE = ["prepare", "backup"]
AFTER_THE_DEADLINE_SECONDS = 10
Manifest = Mapping[str, Any]


@pytest.fixture(scope="module")
def rendered() -> str:
    """The example overlay as `kubectl apply -k` would send it."""
    try:
        kubectl = SHIPPING.ensured().program("kubectl")
    except CannotStart as missing:
        pytest.skip(str(missing))
    if not kubectl.exists():
        pytest.skip("there is no kubectl in the package index for this machine")
    return subprocess.run([kubectl, "kustomize", EXAMPLE], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def manifests(rendered: str) -> list[Manifest]:
    return list(yaml.safe_load_all(rendered))


@pytest.fixture(scope="module")
def deployments(manifests: list[Manifest]) -> dict[str, Manifest]:
    return named(manifests, kind="Deployment")


@pytest.fixture(scope="module")
def pods(manifests: list[Manifest]) -> dict[str, Manifest]:
    """The pod that each Deployment, Job and CronJob makes."""
    nightly = {name: each["spec"]["jobTemplate"] for name, each in named(manifests, kind="CronJob").items()}
    makers = named(manifests, kind="Deployment") | named(manifests, kind="Job") | nightly
    return {name: maker["spec"]["template"] for name, maker in makers.items()}


def named(manifests: list[Manifest], *, kind: str) -> dict[str, Manifest]:
    return {each["metadata"]["name"]: each for each in manifests if each["kind"] == kind}


def container_of(pod: Manifest) -> Manifest:
    (container,) = pod["spec"]["containers"]
    return container


def environment_of(pod: Manifest, manifests: list[Manifest]) -> dict[str, str]:
    """What a container is told, by its ConfigMaps and its own variables."""
    container, maps = container_of(pod), named(manifests, kind="ConfigMap")
    shared = [maps[each["configMapRef"]["name"]]["data"] for each in container["envFrom"]]
    own = {each["name"]: each["value"] for each in container.get("env", [])}
    return {name: value for told in [*shared, own] for name, value in told.items()}


@pytest.fixture
def settings_of(
    manifests: list[Manifest], pods: dict[str, Manifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Mapping[str, Any]]:
    """Read the settings as a process will, with a secret of ours in place of each that is mounted."""
    (tmp_path / "secret").write_text("a secret of at least thirty-two characters")

    def read(process: str) -> Mapping[str, Any]:
        for name, value in environment_of(pods[process], manifests).items():
            monkeypatch.setenv(name, str(tmp_path / "secret") if name.endswith("_FILE") and value else value)
        return settings()

    return read


def without_tag(image: str) -> str:
    return image.partition(":")[0].rpartition("partnerships/")[2]


def test_every_manifest_is_valid_for_kubernetes(rendered: str, tmp_path: Path) -> None:
    known = [each for each in rendered.split("\n---\n") if "keda.sh/" not in each]
    (tmp_path / "rendered.yaml").write_text("\n---\n".join(known))

    validator = [SHIPPING.program("kubernetes-validate"), "--strict", "--kubernetes-version", KUBERNETES]
    done = subprocess.run([*validator, tmp_path / "rendered.yaml"], capture_output=True, text=True, check=False)

    # A kind it does not know is only a warning.
    assert (done.returncode, re.findall("^(?:ERROR|WARN) .*", done.stdout + done.stderr, re.MULTILINE)) == (0, [])
    assert len(known) == done.stderr.count(" passed for ") + done.stdout.count(" passed for ")


def test_every_service_and_the_gateway_have_a_deployment_and_nothing_else_has(deployments) -> None:
    assert sorted(deployments) == sorted(PROCESSES)


@pytest.mark.parametrize("process", PROCESSES)
def test_a_deployment_runs_the_process_it_is_named_for(deployments, pods, process: str) -> None:
    paths = {name: path_of(service) for name, service in service_classes().items()} | {"gateway": GATEWAY}

    assert container_of(pods[process])["args"] == [paths[process]]
    assert deployments[process]["spec"]["selector"]["matchLabels"] == {"app.kubernetes.io/name": process}
    assert pods[process]["metadata"]["labels"].items() >= {"app.kubernetes.io/name": process}.items()


def test_the_topology_and_the_indexes_of_every_service_are_prepared(pods) -> None:
    assert container_of(pods["prepare"])["command"][:4] == ["python", "-m", "chassis", "--prepare"]
    assert sorted(container_of(pods["prepare"])["args"]) == sorted([*map(path_of, service_classes().values()), GATEWAY])


def test_a_user_is_made_for_every_process_with_the_passwords_of_its_secret(pods) -> None:
    command, volumes = container_of(pods["prepare"])["command"], pods["prepare"]["spec"]["volumes"]
    (users,) = (each["projected"]["sources"] for each in volumes if each["name"] == "users")
    given = {item["path"]: each["secret"]["name"] for each in users for item in each["secret"]["items"]}

    assert command[4:] == ["--create-users", "/run/secrets/users"]
    assert given == {path: path.partition("/")[0] for path in SECRETS if path.endswith("-password")}


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_signs_in_as_itself_with_its_own_secret(manifests, pods, process: str) -> None:
    told = environment_of(pods[process], manifests)
    secrets = {each["secret"]["secretName"] for each in pods[process]["spec"]["volumes"]}

    assert (told["AMQP_USER"], told["MONGO_USER"]) == (process, "" if process == "gateway" else process)
    assert told["AMQP_PASSWORD_FILE"] == "/run/secrets/own/broker-password"
    assert told["MONGO_PASSWORD_FILE"] == ("" if process == "gateway" else "/run/secrets/own/database-password")
    assert secrets - {"links"} == {process}


def test_a_backup_is_taken_every_night_long_before_the_last_is_called_old(manifests, pods) -> None:
    nightly = named(manifests, kind="CronJob")["backup"]["spec"]
    volumes = {each["name"]: each for each in pods["backup"]["spec"]["volumes"]}

    assert re.fullmatch(r"\d+ \d+ \* \* \*", nightly["schedule"])
    assert nightly["jobTemplate"]["spec"]["activeDeadlineSeconds"] <= 2 * 3600  # BackupOld speaks after 26 h
    assert volumes["backups"]["persistentVolumeClaim"]["claimName"] in named(manifests, kind="PersistentVolumeClaim")


@pytest.mark.parametrize("process", [*PROCESSES, *ONCE])
def test_a_process_is_told_settings_that_are_in_config_yml_and_right(
    manifests, pods, settings_of, process: str
) -> None:
    told = environment_of(pods[process], manifests)
    known = set(re.findall(r"\$\{([A-Z_]+):", (ROOT / "config.yml").read_text()))

    assert set(told) - known == set()
    assert validated(settings_of(process), every_section())["ORGANISATION_NAME"] == told["ORGANISATION_NAME"]


@pytest.mark.parametrize("process", PROCESSES)
def test_a_stop_is_given_its_deadline_and_ten_seconds(pods, settings_of, process: str) -> None:
    grace = pods[process]["spec"]["terminationGracePeriodSeconds"]
    pause = container_of(pods[process]).get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)

    assert grace == settings_of(process)["STOP_DEADLINE_SECONDS"] + AFTER_THE_DEADLINE_SECONDS
    assert pause < AFTER_THE_DEADLINE_SECONDS


@pytest.mark.parametrize("process", PROCESSES)
def test_a_rollout_takes_nothing_away_before_something_new_is_ready(deployments, manifests, process: str) -> None:
    rolling = deployments[process]["spec"]["strategy"]["rollingUpdate"]
    budget = named(manifests, kind="PodDisruptionBudget")[process]["spec"]

    assert (rolling["maxUnavailable"], rolling["maxSurge"]) == (0, 1)
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"] == {"app.kubernetes.io/name": process}


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_is_looked_at_through_its_ops_port(manifests, pods, process: str) -> None:
    container = container_of(pods[process])
    ports = {each["name"]: each["containerPort"] for each in container["ports"]}
    asked = {probe: container[f"{probe}Probe"]["httpGet"] for probe in ("startup", "readiness", "liveness")}

    assert environment_of(pods[process], manifests)["OPS_ADDRESS"] == f"0.0.0.0:{ports['ops']}"
    assert asked["readiness"] == {"path": "/readyz", "port": "ops"}
    assert asked["liveness"] == asked["startup"] == {"path": "/livez", "port": "ops"}


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

    assert [
        name for name, value in told.items() if re.search(r"(PASSWORD|SECRET)$|://[^/@]*:[^/@]*@", f"{name}{value}")
    ] == []
    for path in (value for name, value in told.items() if name.endswith("_FILE") and value):
        assert path.rpartition("/")[0] in mounted.values()


def test_the_gateway_is_told_whose_tokens_to_believe(settings_of) -> None:
    assert trusted_tokens(validated(settings_of("gateway"), every_section()))


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
    assert set(volumes) - {"own", "users", "backups"} == ({"links"} if process in ("camps", "notifications") else set())


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


def test_the_gateway_is_reached_through_its_service(manifests) -> None:
    (service,) = named(manifests, kind="Service").values()

    assert service["spec"]["selector"] == {"app.kubernetes.io/name": "gateway"}
    assert service["spec"]["ports"] == [{"name": "http", "port": 80, "targetPort": "http"}]


def test_what_keda_scales_waits_in_an_inbox_that_is_there_and_has_no_number_of_its_own(manifests, deployments) -> None:
    scaled = named(manifests, kind="ScaledObject")

    assert set(scaled) == {name for name, each in deployments.items() if "replicas" not in each["spec"]}
    for name, each in scaled.items():
        (trigger,) = each["spec"]["triggers"]
        assert each["spec"]["scaleTargetRef"] == {"name": name}
        assert (trigger["metadata"]["mode"], trigger["metadata"]["queueName"]) == ("QueueLength", f"{name}.inbox")


def test_the_length_that_keda_allows_is_what_its_workers_do_in_the_time_an_event_may_wait(manifests) -> None:
    for each in named(manifests, kind="ScaledObject").values():
        said = {name.partition("/")[2]: float(value) for name, value in each["metadata"]["annotations"].items()}
        allowed = settings()["WORKERS"] * said["may-wait-seconds"] / said["takes-seconds"]

        assert int(each["spec"]["triggers"][0]["metadata"]["value"]) == allowed


def test_the_images_are_those_that_compose_builds(pods) -> None:
    built = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    ours = {without_tag(each["image"]) for each in built.values() if "build" in each}

    assert {without_tag(container_of(pod)["image"]) for pod in pods.values()} == ours
    assert {name: without_tag(container_of(pods[name])["image"]) for name in PROCESSES} == {
        each: each for each in PROCESSES
    }


def test_no_image_keeps_the_tag_of_a_build_at_home(pods) -> None:
    assert [image for pod in pods.values() if (image := container_of(pod)["image"]).endswith((":dev", ":latest"))] == []
