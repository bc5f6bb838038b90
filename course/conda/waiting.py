"""py-rattler's functions are asynchronous; here they are called and waited for, also where a loop runs already."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import certifi

Result = TypeVar("Result")
CERTIFICATES = "SSL_CERT_FILE"


def wait(awaitable: Awaitable[Result]) -> Result:
    """What comes of it. In a thread of its own: a notebook's kernel has a loop that may not be started twice."""

    async def awaited() -> Result:
        return await awaitable

    with _certificates(), ThreadPoolExecutor(1) as one:
        return one.submit(asyncio.run, awaited()).result()


@contextmanager
def _certificates() -> Iterator[None]:
    """py-rattler prepares for a network that is not asked for, and breaks off where the system has no certificates."""
    if CERTIFICATES in os.environ:
        yield
        return
    os.environ[CERTIFICATES] = certifi.where()
    try:
        yield
    finally:
        del os.environ[CERTIFICATES]
