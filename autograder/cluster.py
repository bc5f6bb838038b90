"""The engines of an ipyparallel cluster as workers of the pool: one machine or many, by whatever launcher they began.

The cluster is the teacher's: it is started before (`ipcluster start --profile=… -n 8`), and it lives on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ipyparallel

CONNECT_SECONDS = 20


class ClusterError(Exception):
    """The cluster does not answer, or has no engine (any more). The message says what to do."""


@contextmanager
def engines(profile: str) -> Iterator[Executor]:
    """The engines of the cluster of this profile. ClusterError where there are none."""
    import ipyparallel  # here: it takes as long as grading ten submissions, and most classes have no cluster

    try:
        client = ipyparallel.Client(profile=profile, timeout=CONNECT_SECONDS)
    except (OSError, ipyparallel.error.IPythonError) as error:
        reason = next(iter(str(error).splitlines()), "no reason was given").rstrip(".")
        what = f"The cluster of the profile {profile!r} does not answer ({reason})."
        raise ClusterError(f"{what} {_start(profile)}") from error
    try:
        if not client.ids:
            raise ClusterError(f"The cluster of the profile {profile!r} has no engine. {_start(profile)}")
        yield _Engines(client, profile)
    finally:
        client.close()


def _start(profile: str) -> str:
    return f"Start it: `ipcluster start --profile={profile} -n 2`."


class _Engines(Executor):
    """Work goes to whichever engine is free; that of an engine which dies ends in an error, as a future has it."""

    def __init__(self, client: ipyparallel.Client, profile: str) -> None:
        self._client, self._profile = client, profile
        self._view = client.load_balanced_view()
        self._max_workers = len(client.ids)

    def submit(self, function: Callable, /, *parts: Any, **named: Any) -> Future:
        """See Executor. ClusterError where the last engine has died."""
        if not self._client.ids:
            raise ClusterError(f"The last engine of the cluster {self._profile!r} has died. {_start(self._profile)}")
        return self._view.apply_async(function, *parts, **named)
