"""What a function that installs leaves in an environment, and beside it: called by another Python, and looked at once.

    done = installed(evidence.answer("install_into"), ["icecore"], evidence.run, HOUSE)
    done.packages                              # {"icecore": "1.5", "polartools": "1.1"}
    done.changed                               # () where nothing but that environment has changed

An installer takes a second to start. So several checks that look at different sides of one call share it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.cases.environments import Finished, answering, files, look, make, names
from course import wheels
from course.packages import Package


@dataclass(frozen=True)
class Installed:
    """`packages` are in the environment afterwards, name → version, without pip; `last` is the last line on stderr.

    `changed` says what else is another than before: the caller's environment, a colleague's, the folder of all three.
    """

    packages: Mapping[str, str]
    changed: tuple[str, ...]
    last: str


def installed(
    text: str,
    specs: Iterable[str],
    run: Callable[..., Finished],
    house: Path,
    *,
    name: str = "reports",
    before: Iterable[Package] = (),
    new: Iterable[Package] = (),
) -> Installed:
    """Call the `install_into` that the text defines for each spec, on an environment that has this name.

    It holds `before` already. Wheels of `new` are put into the house first. The same call is made once.
    """
    for one in new:
        wheels.write(house, one)
    return _installed(text, tuple(specs), run, house, name, tuple(before))


@cache
def _installed(
    text: str, specs: tuple[str, ...], run: Callable[..., Finished], house: Path, name: str, before: tuple[Package, ...]
) -> Installed:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        caller, env, third = make(folder / "caller", pip=True), folder / name, make(folder / "colleague", pip=True)
        make(env, before, pip=True)
        call = "\n".join(f"install_into(Path({str(env)!r}), {spec!r})" for spec in specs)
        watched = {"the caller's environment": lambda: files(caller), "a colleague's": lambda: files(third)}
        watched["the folder in which they lie"] = lambda: names(folder)
        there = {what: look_at() for what, look_at in watched.items()}
        done = answering(caller, text, call, run, HOUSE=house)
        if done.status is None:
            raise TimeoutError("install_into did not come to an end in time")  # and so it is not remembered
        changed = tuple(what for what, look_at in watched.items() if look_at() != there[what])
        found = {key: version for key, version in look(env, run).packages.items() if key != "pip"}
    last = "".join(done.stderr.decode(errors="replace").strip().splitlines()[-1:])
    return Installed(found, changed, last)
