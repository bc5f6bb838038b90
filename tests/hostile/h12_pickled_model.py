"""Saves an array of objects, which is a pickle that runs a program when it is loaded."""

# %% model
import os

import numpy as np


class Payload:
    def __reduce__(self):
        return os.mkdir, (f"{TRACES}/model",)


def model(path):
    with open(path, "wb") as file:
        np.save(file, np.array([Payload()], dtype=object), allow_pickle=True)
