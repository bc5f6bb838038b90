"""Other users of this machine, for a while: their accounts exist where their commands run, and nowhere else.

nbgrader knows students by the account that runs it and by who owns what was handed in. Started by root, a user is
really another one: another uid, with files of its own. Started by anybody else there is just one real uid: a user
namespace gives it the number and the name of the account, and outside its files belong to whoever started it.
"""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from . import bubblewrap

# Numbers of ordinary accounts, far above those that a machine gives away first.
FIRST_UID = 52_001
SYSTEM = ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "etc")


@dataclass(frozen=True)
class User:
    """Somebody with an account and a home, which nobody else sees."""

    name: str
    full_name: str
    uid: int
    home: Path


@dataclass(frozen=True)
class Accounts:
    """The users, and the password file that lists them beside those of the machine."""

    passwd: Path
    users: tuple[User, ...]


def enrol(folder: Path, names: Iterable[tuple[str, str]]) -> Accounts:
    """Make accounts for people with these user names and full names: homes in `folder`, closed to everybody else."""
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    names = tuple(names)
    uids = islice((uid for uid in count(FIRST_UID) if uid not in taken), len(names))
    users = []
    for (name, full_name), uid in zip(names, uids, strict=True):
        home = folder / name
        home.mkdir(parents=True, mode=0o700)
        if os.geteuid() == 0:
            os.chown(home, uid, uid)
        users.append(User(name, full_name, uid, home))
    lines = [f"{user.name}:x:{user.uid}:{user.uid}:{user.full_name}:{user.home}:/bin/sh\n" for user in users]
    passwd = folder / "passwd"
    passwd.write_text(Path("/etc/passwd").read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    passwd.chmod(0o644)
    return Accounts(passwd, tuple(users))


def command(accounts: Accounts, user: User, words: Iterable[str], *, shared: Iterable[Path] = ()) -> list[str]:
    """The command that runs `words` as `user`, in its home: it sees the system, the running interpreter and `shared`.

    To be started with `environment(user)`. SandboxError where bubblewrap is missing.
    """
    mounts = dict.fromkeys(bubblewrap.visible(), "--ro-bind") | dict.fromkeys((user.home, *shared), "--bind")
    reached = {folder for path in mounts for folder in path.parents}
    made = {folder for folder in reached if not any(folder.is_relative_to(path) for path in mounts)}
    given = {Path("/"), Path("/tmp")} | {folder for folder in made if folder.parts[1:2] and folder.parts[1] in SYSTEM}
    is_root = os.geteuid() == 0
    uid = str(user.uid)
    become = ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--inh-caps=-all") if is_root else ()
    return [
        str(bubblewrap.find()),
        *("--die-with-parent", "--unshare-pid"),
        *(() if is_root else ("--unshare-user", "--uid", uid, "--gid", uid)),
        *(word for name in SYSTEM for word in ("--ro-bind-try", f"/{name}", f"/{name}")),
        *("--ro-bind", str(accounts.passwd), "/etc/passwd"),
        *("--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"),
        *(word for path in sorted(mounts) for word in (mounts[path], str(path), str(path))),
        # Folders that lead to a mount are made with the mode of those outside; a home there is closed to others.
        *(word for folder in sorted(made - given) for word in ("--chmod", "0755", str(folder))),
        *("--chdir", str(user.home), *become, *words),
    ]


def environment(user: User) -> dict[str, str]:
    """What a login gives a user, and the running interpreter's programs first on PATH."""
    return {
        "HOME": str(user.home),
        "USER": user.name,
        "LOGNAME": user.name,
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }


def knowing(accounts: Accounts, words: Iterable[str]) -> list[str]:
    """The command that runs `words` as whoever calls, on this machine as it is, where these users have names.

    Only root needs it: to nobody else do the users' files belong to the users.
    """
    if os.geteuid() != 0:
        return list(words)
    wall = (str(bubblewrap.find()), "--die-with-parent", "--dev-bind", "/", "/")
    return [*wall, "--ro-bind", str(accounts.passwd), "/etc/passwd", *words]
