"""What is said about hubs, Binder and links names settings, packages and files that are there."""

import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from nbgrader import apps, coursedir
from nbgrader.exchange import default
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "servers.md").read_text(encoding="utf-8")
BLOCKS = [re.sub("(?m)^ {3}", "", text) for text in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)]


@pytest.mark.parametrize("text", BLOCKS)
def test_settings_are_nbgraders(text, tmp_path):
    """Each is read as configuration, and each name is a trait of the class that it is given to."""
    path = tmp_path / "nbgrader_config.py"
    path.write_text(text if "get_config" in text else f"c = get_config()\n{text}")
    found = PyFileConfigLoader(path.name, str(tmp_path)).load_config()
    kinds = {kind.__name__: kind for kind in (coursedir.CourseDirectory, default.Exchange, apps.NbGrader)}
    assert found
    assert [(kind, name) for kind in found for name in found[kind] if name not in kinds[kind].class_traits()] == []


def test_what_repo2docker_reads_is_what_setup_installs():
    """The same packages of the system, the course's own environment, and a last step that can be run."""
    setup = (ROOT / "setup.sh").read_text(encoding="utf-8")
    named = (ROOT / "binder" / "apt.txt").read_text(encoding="utf-8").split()
    installed = re.findall(r'missing="\$missing ([a-z0-9-]+)"', setup)
    assert set(installed) - set(named) == {"python3-venv", "postgresql", "odbc-postgresql", "chromium"}
    assert set(named) <= set(installed)
    assert (ROOT / "binder" / "environment.yml").resolve() == ROOT / "environment.yml"
    assert (ROOT / "binder" / "postBuild").stat().st_mode & 0o111
    subprocess.run(["sh", "-n", ROOT / "binder" / "postBuild"], check=True)


def test_the_link_opens_the_start_page():
    """Its parts are those that nbgitpuller knows, and what it opens lies in the repository."""
    link = urlsplit(re.search(r"https://HUB\S+", PAGE).group())
    asked = {name: value for name, (value,) in parse_qs(link.query).items()}
    assert set(asked) == {"repo", "branch", "urlpath"}
    folder, _, path = asked["urlpath"].removeprefix("lab/tree/").partition("/")
    assert folder == asked["repo"].rpartition("/")[2]
    assert (ROOT / path).is_file()


def test_commands_are_there():
    """Those that a teacher types are named as nbgrader and the grader name them."""
    named = set(re.findall(r"`nbgrader (\w+)`", PAGE))
    known = set(apps.NbGraderApp().subcommands)
    assert named and named <= known
