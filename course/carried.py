"""What a check hands over to be called there, wherever there is: its class travels with its code.

A function that is called in worker processes or on engines has to pickle, and again where the function under check
lives. There the class that came from the checker is not the one that its module holds; so it goes on with its code, and
what the student's code has put in the place of the module's is not used.
"""

from __future__ import annotations

import copyreg
import pickle
import sys
from typing import Any

__carried__ = True
PACKED = "_packed"


class Carried:
    """A thing that pickles by its class's name where that name means its class, and elsewhere with its class's code."""

    def __reduce__(self) -> Any:
        """How it pickles."""
        kind = type(self)
        state = {name: value for name, value in self.__dict__.items() if name != PACKED}
        how = copyreg._reconstructor, (kind, object, None), state
        if getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind:
            return how
        # Once, and not for every call: to find all of the code takes as long as to start a worker.
        before, packed = self.__dict__.get(PACKED, (None, b""))
        if before != state:
            import cloudpickle  # the airlock has it; nobody else comes here

            packed = cloudpickle.dumps(_As(how))
            self.__dict__[PACKED] = state, packed
        return pickle.loads, (packed,)


class _As:
    """Pickles as something else does."""

    def __init__(self, how: tuple) -> None:
        self._how = how

    def __reduce__(self) -> tuple:
        """As that does."""
        return self._how
