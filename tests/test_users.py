"""Other users of this machine: known by name, at home in their own folder, and as powerless as they should be."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import bubblewrap, users

ROOT = Path(__file__).parents[1]
AS_ROOT = os.geteuid() == 0


@pytest.fixture
def accounts(tmp_path) -> users.Accounts:
    """Two people, and a folder that they share."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    return users.enrol(tmp_path / "home", [("ada", "Ada Lindqvist"), ("bola", "Bola Adeyemi")])


def said(accounts, user, *words: str, status: int = 0) -> str:
    """What a command says that this user runs."""
    shared = [accounts.passwd.parents[1] / "shared"]
    command = users.command(accounts, user, words, shared=shared)
    done = subprocess.run(command, env=users.environment(user), capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return (done.stdout + done.stderr).strip()


def python(accounts, user, code: str) -> str:
    """The same for the interpreter that runs this test."""
    return said(accounts, user, sys.executable, "-c", code)


def test_a_user_has_a_name_and_a_home(accounts):
    """As the password file says, which is what nbgrader asks."""
    for user in accounts.users:
        code = "import os, pwd; e = pwd.getpwuid(os.getuid()); print(e.pw_name, e.pw_gecos, e.pw_dir, os.getcwd())"
        assert python(accounts, user, code) == f"{user.name} {user.full_name} {user.home} {user.home}"


def test_nbgrader_calls_a_user_by_that_name(accounts):
    """The running interpreter can be read, with its packages."""
    assert python(accounts, accounts.users[1], "from nbgrader.utils import get_username as n; print(n())") == "bola"


def test_accounts_are_not_of_this_machine(accounts):
    """Where nobody runs a command as one of them, they are unknown; their numbers are nobody else's."""
    there = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    assert not {user.name for user in accounts.users} & set(there)
    assert not {user.uid for user in accounts.users} & set(there.values())


def test_what_a_user_makes_is_its_own(accounts):
    """Started by root it is another's than root's; else it belongs, seen from outside, to whoever started it."""
    ada, bola = accounts.users
    for user in accounts.users:
        said(accounts, user, "touch", "mine", str(accounts.passwd.parents[1] / "shared" / user.name))
        assert said(accounts, user, "stat", "-c", "%U %a", "mine") == f"{user.name} 644"
    owners = {path.name: path.stat().st_uid for path in (accounts.passwd.parents[1] / "shared").iterdir()}
    assert owners == ({"ada": ada.uid, "bola": bola.uid} if AS_ROOT else dict.fromkeys(owners, os.geteuid()))


def test_nobody_sees_anothers_home(accounts):
    """Not even that there is one."""
    ada, bola = accounts.users
    (ada.home / "diary").write_text("secret")
    assert "No such file" in said(accounts, bola, "cat", str(ada.home / "diary"), status=1)
    assert said(accounts, bola, "ls", str(ada.home.parent)) == "bola"


def test_a_user_can_change_its_own_files_and_no_others(accounts):
    """Neither the system, nor the interpreter, nor the password file."""
    for place in ("/usr", str(Path(sys.prefix) / "bin"), "/etc"):
        refused = said(accounts, accounts.users[0], "touch", f"{place}/x", status=1)
        assert "Read-only" in refused or "denied" in refused
    before = accounts.passwd.read_text()
    said(accounts, accounts.users[0], "sh", "-c", "echo x >> /etc/passwd", status=2)
    assert accounts.passwd.read_text() == before


def test_a_user_has_no_privileges(accounts):
    """No capability in effect, and no way back to root."""
    code = "print([line for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapPrm', 'CapAmb'))])"
    assert python(accounts, accounts.users[0], code).count("0000000000000000") == 3
    assert "PermissionError" in said(
        accounts, accounts.users[0], sys.executable, "-c", "import os; os.setuid(0)", status=1
    )


@pytest.mark.skipif(not AS_ROOT, reason="only files of root's users belong to them")
def test_root_can_ask_who_owns_what(accounts):
    """Where these users have names, root stays root and reads the names of owners."""
    said(accounts, accounts.users[0], "touch", str(accounts.passwd.parents[1] / "shared" / "work"))
    command = users.knowing(accounts, ["stat", "-c", "%U", str(accounts.passwd.parents[1] / "shared" / "work")])
    assert subprocess.run(command, capture_output=True, text=True).stdout == "ada\n"
    assert subprocess.run(users.knowing(accounts, ["id", "-un"]), capture_output=True, text=True).stdout == "root\n"


def test_many_people_have_many_numbers(tmp_path):
    """Each one another."""
    accounts = users.enrol(tmp_path / "home", [(f"s{n}", f"Student {n}") for n in range(300)])
    assert len({user.uid for user in accounts.users}) == 300


SYSTEM_PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin")
TELL = """
import subprocess, sys, pathlib
from autograder.sandbox import users
accounts = users.enrol(pathlib.Path(sys.argv[1]), [("ada", "Ada Lindqvist")])
ada, = accounts.users
command = users.command(accounts, ada, ["sh", "-c", "id -un; touch mine; stat -c %U mine"])
print(subprocess.run(command, env=users.environment(ada), capture_output=True, text=True, check=True).stdout.split())
print((ada.home / "mine").stat().st_uid)
"""


@pytest.mark.skipif(not AS_ROOT, reason="the other tests run as an ordinary user already")
@pytest.mark.skipif(not SYSTEM_PYTHON, reason="an ordinary user needs a Python that it can read")
def test_an_ordinary_user_can_make_users_too():
    """By a user namespace: another name inside, the same owner outside."""
    with tempfile.TemporaryDirectory() as name:  # pytest's folders are closed to others
        folder = Path(name)
        shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
        os.chown(folder, 65534, 65534)
        done = subprocess.run(
            [SYSTEM_PYTHON, "-c", TELL, str(folder / "home")],
            cwd=folder,
            env={"PYTHONPATH": name, "PATH": f"{bubblewrap.find().parent}:/usr/bin:/bin"},
            user=65534,
            group=65534,
            extra_groups=[],
            capture_output=True,
            text=True,
        )
    assert done.stdout.splitlines() == ["['ada', 'ada']", "65534"], done.stderr
