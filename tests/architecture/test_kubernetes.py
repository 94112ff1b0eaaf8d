"""The manifests under deploy/kubernetes, as kubectl puts them together: valid, careful, and one for every process."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from chassis.runtime.config import validated
from cli.connection.services import GATEWAY, path_of
from cli.connection.services import services as service_classes
from cli.connection.settings import every_section, settings
from dev.dependencies.environments import SHIPPING
from gateway.auth.tokens import trusted_tokens
from tests.architecture.manifests import ONCE, PROCESSES, ROOT, container_of, environment_of, named

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # the first run makes the tools' environment
KUBERNETES = "1.37"
AFTER_THE_DEADLINE_SECONDS = 10


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


def test_the_gateway_is_told_whose_tokens_to_believe(settings_of) -> None:
    assert trusted_tokens(validated(settings_of("gateway"), every_section()))


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
