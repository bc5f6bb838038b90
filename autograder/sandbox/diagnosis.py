"""Why the sandbox did not come up on this machine, in words that say what to change."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from .errors import SandboxError
from .policy import Policy

NO_WALL = "Without the wall a submission could read the course and change its marks, so nothing is graded."
# Switches that forbid user namespaces: file, value, what to do.
SWITCHES = (
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor forbids them to ordinary programs. Let an administrator run "
        "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`.",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "Let an administrator run `sysctl kernel.unprivileged_userns_clone=1`.",
    ),
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        "Let an administrator run `sysctl user.max_user_namespaces=10000`.",
    ),
)
IN_A_CONTAINER = (
    "No switch of the kernel forbids them, so a container probably does. Start it with "
    "`--security-opt seccomp=unconfined --security-opt systempaths=unconfined`, or grade outside of it."
)


# What fails where they are forbidden, or allowed but worth nothing.
FIRST_CALLS = ("unshare", "_map", "setgroups", "mount none on /", "mount proc on /proc")


def no_namespaces(detail: str) -> SandboxError:
    """The kernel, or what guards it, refuses the namespaces of which the wall is made."""
    remedy = next((text for path, value, text in SWITCHES if _reads(path) == value), IN_A_CONTAINER)
    return SandboxError("this machine", f"user namespaces are forbidden here ({detail}).", NO_WALL, remedy)


def cannot_drop_root(uid: int, gid: int, detail: str) -> SandboxError:
    return SandboxError(
        "the nursery",
        f"root could not become user {uid}, group {gid} ({detail}).",
        "A submission must never run with root's number: switches of the whole machine ask for nothing else.",
        "Name a user and a group in the policy that exist in this container, or start as an ordinary user.",
    )


def interpreter_closed(program: str, detail: str) -> SandboxError:
    return SandboxError(
        "the nursery",
        f"{program} could not be started inside ({detail}).",
        NO_WALL,
        "Its files, and the packages it uses, must be readable by every user of the machine "
        "(`chmod -R go+rX` on the environment).",
    )


def never_came_up(detail: str) -> SandboxError:
    """Anything else, with what the failed part said last."""
    return SandboxError(
        "the nursery",
        f"it did not come up: {detail.strip() or 'it ended without a word.'}",
        NO_WALL,
        "If the message names a module, it is missing from the interpreter that grades; else please report it.",
    )


def died() -> SandboxError:
    return SandboxError(
        "the sandbox",
        "the process that holds the rooms ended, or does not answer.",
        "What the submission did cannot be told any more.",
        "Grade this submission again; if it happens twice, look for the kernel's out-of-memory killer in `dmesg`.",
    )


def from_start(words: str) -> SandboxError:
    """From what bubblewrap, or the interpreter behind it, wrote before it ended."""
    if "execvp" in words:
        return interpreter_closed(words.split("execvp", 1)[1].split(":")[0].strip(), words.strip())
    if "namespace" in words or "uid map" in words or "mount proc" in words:
        return no_namespaces(words.strip())
    return never_came_up(words)


def from_answer(answer: dict[str, Any], policy: Policy | None = None) -> SandboxError:
    """From the error that a trusted process inside reported: {"error": text, "errno": number}."""
    number, text = answer.get("errno"), answer["error"]
    if number in (errno.ENOSPC, errno.EFBIG) and "unshare" not in text:
        return SandboxError(
            "the work folder",
            f"the files of the submission do not fit ({text}).",
            "Without all of its files a submission cannot be judged.",
            "Raise `disk` or `inodes` in the policy's limits, or hand in less.",
        )
    if number in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG):
        return SandboxError(
            "the work folder",
            f"the names of the submission's files do not go together ({text}).",
            "Without all of its files a submission cannot be judged.",
            "Look for a name that is also used as a folder, comes twice, or is longer than 255 bytes.",
        )
    if policy and "becoming another user" in text:
        return cannot_drop_root(policy.uid, policy.gid, text)
    if any(call in text for call in FIRST_CALLS):
        return no_namespaces(text)
    return never_came_up(text)


def _reads(path: str) -> str | None:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return None
