"""What somebody probably meant who asked for a name that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


def meant(name: str, there: Sequence[str]) -> str:
    """A sentence: the name that is nearest to it, or, where none is near, all that are there."""
    near = get_close_matches(name, there, 1, 0.4)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(there) or 'none'}."
