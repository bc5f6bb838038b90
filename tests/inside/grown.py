"""What makes a branch ready, for the tests of the sandbox."""

known = None


def ready(content: bytes) -> None:
    """Know it from now on."""
    global known
    known = content.decode()


def fails(content: bytes) -> None:
    """Cannot get ready."""
    raise ValueError(content.decode())
