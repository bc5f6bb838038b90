"""What makes a branch ready, for the tests of the sandbox."""

from pathlib import Path

known = None


def ready(content: bytes) -> None:
    """Know it from now on."""
    global known
    known = content.decode()


def fails(content: bytes) -> None:
    """Cannot get ready."""
    raise ValueError(content.decode())


def goes_by(content: bytes) -> None:
    """Have processes forked from here go by this name, too (`proc(5)`: 15 bytes)."""
    Path("/proc/self/comm").write_bytes(content)
