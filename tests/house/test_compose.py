"""The container files against the program: they name what is there, and nothing that is not."""

import os
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from app.doctor import LEAST_POSTGRES
from app.settings import load
from tests.house.commandline import check_line

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
INSTALL = (ROOT / "tools" / "install.sh").read_text(encoding="utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def environment(service):
    given = SERVICES[service].get("environment", {})
    return {name: str(value) for name, value in given.items()}


def outside_settings():
    """Variables that are read where there are no settings yet: the data folder and the language."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        if path.name != "settings.py":
            found |= set(re.findall(r'"(CASEFILE_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    return found


def test_every_variable_given_to_casefile_is_a_setting_with_a_lawful_value(monkeypatch, tmp_path):
    """A name that is no setting is left out without a word by the reader of settings, so each must be seen to change something."""
    for name in [name for name in os.environ if name.startswith("CASEFILE_")]:
        monkeypatch.delenv(name)
    unset = load(tmp_path).model_dump()
    assert "CASEFILE_SEARCH_URL" in environment("casefile")
    for name, value in environment("casefile").items():
        assert name.startswith("CASEFILE_"), f"{name} means nothing to casefile"
        if name in outside_settings():
            continue
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert load(tmp_path).model_dump() != unset, f"{name}={value} sets nothing"


def test_search_is_the_other_service_on_the_network_both_are_on():
    url = environment("casefile")["CASEFILE_SEARCH_URL"]
    host = re.fullmatch(r"http://([a-z]+):9200", url)
    assert host is not None
    assert host[1] in SERVICES
    assert SERVICES["casefile"]["networks"] == SERVICES[host[1]]["networks"]


def test_nothing_is_published_and_the_network_has_no_way_out():
    assert all("ports" not in service and "network_mode" not in service for service in SERVICES.values())
    assert all(COMPOSE["networks"][name]["internal"] is True for service in SERVICES.values() for name in service["networks"])


def test_no_password_is_shipped():
    given = [item for service in SERVICES for item in environment(service).items() if re.search("PASSWORD|SECRET|TOKEN|KEY", item[0], re.I)]
    assert all(name.endswith("_FILE") and value.startswith("/run/secrets/") for name, value in given)
    assert not re.search(r"//[^/\s]+:[^/\s]+@", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_right_it_does_not_need(service):
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & set(SERVICES[service])
    assert not [v for v in SERVICES[service]["volumes"] if "docker.sock" in v]


def test_casefile_writes_nowhere_but_in_its_data_folder():
    assert SERVICES["casefile"]["read_only"] is True
    assert SERVICES["casefile"]["user"].split(":")[0] not in ("0", "root")
    assert [volume.split(":")[1] for volume in SERVICES["casefile"]["volumes"]] == ["/data"]


def test_named_volumes_and_networks_are_those_that_are_used():
    used = {v.split(":")[0] for service in SERVICES.values() for v in service["volumes"] if not v.startswith((".", "/"))}
    assert used == set(COMPOSE["volumes"])
    assert {name for service in SERVICES.values() for name in service["networks"]} == set(COMPOSE["networks"])


def test_images_are_pinned():
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    images = [service["image"] for service in SERVICES.values()]
    for image in [*bases, *images]:
        name, _, tag = image.rpartition(":")
        assert name, image
        assert re.match(r"\d+\.\d+", tag), image
    assert len(set(bases)) == 1
    assert SERVICES["casefile"]["image"] == f"casefile:{VERSION}"
    assert f"docker build -t casefile:{VERSION} " in DOCKERFILE


def test_elasticsearch_is_the_version_the_tests_run_against():
    pinned = re.search(r"<elasticsearch.version>([\d.]+)<", (ROOT / "tests/elastic/node/pom.xml").read_text(encoding="utf-8"))
    assert pinned is not None
    assert SERVICES["elasticsearch"]["image"].endswith(f"/elasticsearch:{pinned[1]}")
    client = re.search(r"^elasticsearch==(\d+)\.", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    assert client is not None
    assert client[1] == pinned[1].split(".")[0]


def test_postgresql_is_only_there_when_asked_for_and_is_the_version_the_tests_ask_for():
    assert SERVICES["postgres"]["profiles"] == ["postgres"]
    assert not any("profiles" in service for name, service in SERVICES.items() if name != "postgres")
    assert int(SERVICES["postgres"]["image"].removeprefix("postgres:").split(".")[0]) == LEAST_POSTGRES[0]
    assert "depends_on" not in SERVICES["casefile"] or "postgres" not in SERVICES["casefile"]["depends_on"]


def test_the_secret_of_postgresql_is_a_file_of_the_operator_that_both_read():
    assert COMPOSE["secrets"] == {"postgres": {"file": "${POSTGRES_SECRET:-/dev/null}"}}
    assert SERVICES["casefile"]["secrets"] == SERVICES["postgres"]["secrets"] == ["postgres"]
    assert SERVICES["casefile"]["user"] == SERVICES["postgres"]["user"]
    assert SERVICES["casefile"]["networks"] == SERVICES["postgres"]["networks"]


def test_the_settings_for_it_are_lawful(tmp_path):
    """What the comment and docs/operations.md tell the operator to write."""
    told = '[database]\nurl = "postgresql://casefile@postgres/casefile"\npassword_file = "/run/secrets/postgres"\n'
    (tmp_path / "casefile.toml").write_text(told)
    url = make_url(load(tmp_path).database.url.get_secret_value())
    wanted = environment("postgres")
    assert (url.host, url.username, url.database) == ("postgres", wanted["POSTGRES_USER"], wanted["POSTGRES_DB"])
    assert str(load(tmp_path).database.password_file) == wanted["POSTGRES_PASSWORD_FILE"]


def test_the_image_has_the_system_packages_of_install_run():
    runs = INSTALL.split('if [ "$want" = test ]', 1)[0]
    wanted = set(re.findall(r"^need ([\w.+-]+) ", runs, re.M)) - {"python3-venv"}  # the base image brings Python
    (line,) = re.findall(r"apt-get install -y -qq --no-install-recommends\s+([^&]+)&&", DOCKERFILE)
    assert set(line.split()) == wanted
    assert len(wanted) >= 5


def test_the_image_installs_python_packages_as_install_sh_does():
    flags = [set(re.findall(r"--(?:no-deps|require-hashes|no-build-isolation)", line)) for line in pip_lines(INSTALL)]
    assert [set(re.findall(r"--(?:no-deps|require-hashes|no-build-isolation)", line)) for line in pip_lines(DOCKERFILE)] == flags
    assert "-r requirements.lock" in pip_lines(DOCKERFILE)[0]


def pip_lines(script):
    return re.findall(r"-m pip install .*", script)


def test_the_base_image_has_a_python_that_casefile_runs_on():
    base = re.search(r"^FROM python:3\.(\d+)-slim-", DOCKERFILE, re.M)
    assert base is not None
    assert 11 <= int(base[1]) <= 13


def test_the_image_does_not_run_as_root():
    stages = DOCKERFILE.split("\nFROM ")
    user = re.findall(r"^USER (\S+)", stages[-1], re.M)
    assert user == [SERVICES["casefile"]["user"]]
    assert f"--uid {user[0].split(':')[0]} " in stages[-1]


def test_what_the_image_starts_is_a_command_of_casefile():
    entry = json_list("ENTRYPOINT") + json_list("CMD")
    check_line(shlex.join(entry))
    assert entry == ["casefile", "--data", "/data", "serve", "--no-web"]
    health = re.search(r"^HEALTHCHECK .*? CMD (casefile [^>]+) >/dev/null$", DOCKERFILE, re.M)
    assert health is not None
    check_line(health[1])


def json_list(instruction):
    (found,) = re.findall(rf"^{instruction} (\[.*\])$", DOCKERFILE, re.M)
    return yaml.safe_load(found)


def test_what_the_image_copies_is_let_through_and_is_there():
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M) for name in line.split()[:-1]}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert "*" in ignored
    assert all((ROOT / name).exists() for name in copied)
