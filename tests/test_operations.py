"""docs/operations.md and deploy/ keep their word: what they name exists, and what they ship is valid."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from click.testing import CliRunner
from prefect.settings import Settings as PrefectSettings
from prefect.settings.legacy import _get_settings_fields

from flows.command_line import gouji
from tasks.settings import Settings
from tests import REPOSITORY
from tests.processes import kill_tree
from warehouse.snapshots.reader import reader

DOCS = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
COMPOSE_TEXT = (REPOSITORY / "deploy" / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
ENVIRONMENT = (REPOSITORY / "deploy" / "gouji.env").read_text(encoding="utf-8")
COMPOSE_ENVIRONMENT = (REPOSITORY / "deploy" / "compose.env").read_text(encoding="utf-8")
LAKE = (REPOSITORY / "docs" / "lake.md").read_text(encoding="utf-8")
UNITS = sorted((REPOSITORY / "deploy" / "systemd").iterdir())


def test_the_runbook_is_that_of_the_code():
    written = CliRunner().invoke(gouji, ["problems", "--markdown", "--lang", "en"], standalone_mode=False).output
    documented = DOCS.partition("<!-- runbook -->\n")[2].partition("<!-- /runbook -->")[0]
    assert documented.strip() == written.strip(), "put the output of `gouji problems --markdown --lang en` there"


@pytest.mark.parametrize(
    "text",
    [DOCS, LAKE, COMPOSE_TEXT, COMPOSE_ENVIRONMENT, ENVIRONMENT, *(unit.read_text("utf-8") for unit in UNITS)],
)
def test_every_command_and_setting_that_is_named_exists(text):
    commands = set(re.findall(r"(?:`|bin/|&& | {4}|worker |^)gouji ([a-z]+)\b", text, re.MULTILINE))
    assert commands <= set(gouji.commands)
    named = set(re.findall(r"\b((?:GOUJI|PREFECT)_[A-Z_]+[A-Z])\b", text))
    known = {f"GOUJI_{name.upper()}" for name in Settings.model_fields} | set(_get_settings_fields(PrefectSettings))
    assert named <= known


def test_no_password_is_set_to_nothing_which_would_lock_everybody_out():
    assert "\nPREFECT_SERVER_API_AUTH_STRING=\n" not in ENVIRONMENT
    assert "\nPREFECT_API_AUTH_STRING=\n" not in ENVIRONMENT


def test_every_section_that_is_linked_exists():
    sections = {
        re.sub(r"[^a-z ]", "", line.lower()).strip().replace(" ", "-") for line in re.findall("^## (.+)", DOCS, re.M)
    }
    assert set(re.findall(r"\(#([a-z-]+)\)", DOCS)) <= sections


def test_the_compose_file_holds_together():
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= services.keys()
        assert {volume.partition(":")[0] for volume in service.get("volumes", [])} <= volumes.keys()
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), "exposed to everybody"
    secrets = re.findall(r"\$\{((?:POSTGRES_PASSWORD|PREFECT_SERVER_API_AUTH_STRING)[^}]*)", COMPOSE_TEXT)
    assert secrets
    assert all(":?" in secret for secret in secrets), "a secret without which nothing may start"
    dockerfile = (REPOSITORY / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (\S+) ", dockerfile, re.MULTILINE):
        assert (REPOSITORY / source).exists()


def test_the_image_has_the_pinned_packages_and_its_user_owns_what_volumes_are_mounted_on():
    dockerfile = (REPOSITORY / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "--requirement requirements.lock --constraint requirements.lock" in dockerfile
    (made,) = re.findall(r"^RUN install -d -o gouji -g gouji (.+)", dockerfile.partition("USER gouji")[0], re.MULTILINE)
    mounted = {volume.split(":")[1] for volume in COMPOSE["services"]["worker"]["volumes"]}
    assert mounted <= set(made.split())


def test_the_secrets_of_the_compose_file_have_a_place_that_is_neither_shared_nor_in_the_image():
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE_TEXT))
    assert required <= set(re.findall(r"^([A-Z_]+)=", COMPOSE_ENVIRONMENT, re.MULTILINE))
    assert COMPOSE["x-gouji"]["env_file"] == ".env"
    assert "/deploy/.env" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").split()
    assert "**/.env" in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split()


def test_no_command_is_shown_to_root_without_user_and_settings():
    assert re.findall(r"^# (?:\S*/)?(?:gouji|prefect) .*", DOCS, re.MULTILINE) == []


def test_services_and_units_run_the_same_commands():
    units = {line.rpartition(".venv/bin/")[2] for unit in UNITS for line in unit.read_text("utf-8").splitlines()}
    for service in ("server", "worker", "explorer"):
        assert " ".join(COMPOSE["services"][service]["command"]) in units


@pytest.mark.long
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_valid(unit):
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    wrong = [line for line in checked.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert wrong == []


def test_units_are_private_and_hardened_alike():
    services = [unit.read_text("utf-8") for unit in UNITS if unit.suffix == ".service"]
    usual = {
        "UMask=0077", "StateDirectoryMode=0700", "NoNewPrivileges=yes", "PrivateTmp=yes", "PrivateDevices=yes",
        "ProtectSystem=strict", "ProtectHome=yes", "ProtectKernelModules=yes", "RestrictNamespaces=yes",
        "CapabilityBoundingSet=", "SystemCallFilter=@system-service",
    }  # fmt: skip
    assert len(services) == 4
    for service in services:
        lines = set(service.split("\n"))
        assert usual - lines <= ({"StateDirectoryMode=0700"} if "StateDirectory=gouji" not in lines else set())


def test_who_holds_a_slot_outlasts_the_server_wherever_one_is_shipped():
    name, kept = "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE", "prefect.server.concurrency.lease_storage.filesystem"
    server = COMPOSE["services"]["server"]
    assert f"{name}={kept}" in ENVIRONMENT.splitlines()
    assert server["environment"][name] == kept
    assert any(volume.endswith(":/var/lib/gouji/prefect") for volume in server["volumes"])


def trial() -> str:
    """The commands of the section on a trial, as one script."""
    section = DOCS.partition("## A trial\n")[2].partition("\n## ")[0]
    return "\n".join(re.findall(r"^\$ (.+)$", section, re.MULTILINE))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_trial_runs_as_it_stands(tmp_path):
    """In a network of its own, where its ports are free, with a home of its own, and jobs as in a person's shell."""
    script = trial().replace("make setup && ", "").replace("$PWD/var/trial", str(tmp_path / "trial"))
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("GOUJI_", "PREFECT_"))}
    alone = ("env", "--default-signal", "unshare", "--map-root-user", "--net")
    shell = subprocess.Popen(
        [*alone, "bash", "-c", f"set -em\nip link set lo up\n{script}\nwait"],
        cwd=REPOSITORY,
        env=usual,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        told, _ = shell.communicate()
    finally:
        kill_tree(shell.pid)
    logs = {log.stem: log.read_text() for log in (tmp_path / "trial").glob("*.log")}
    assert "2023" in told, (told, logs)
    assert "Traceback" not in told + logs["worker"] + logs["portal"]  # what Prefect's server tells its log is its own
    with reader(tmp_path / "trial" / "published" / "gouji.duckdb") as snapshot:
        assert snapshot.execute("SELECT DISTINCT state FROM audit.run").fetchall() == [("completed",)]
