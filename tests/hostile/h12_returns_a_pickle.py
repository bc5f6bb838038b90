"""Returns arrays and frames of objects that are no data."""

# %% frame
import os

import pandas as pd


class Payload:
    def __reduce__(self):
        return os.mkdir, (f"{TRACES}/frame",)

    def __eq__(self, other):
        return True

    __hash__ = None


def frame(n):
    return pd.DataFrame({"n": pd.Series([Payload() for _ in range(n)], dtype=object)})
