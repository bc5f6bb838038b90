"""Writes files until the disk is full, wherever it may."""

# %% square
import os
from pathlib import Path


def square(x):
    return x


for place in (".", "/tmp", Path.home(), "/var/tmp", TRACES):
    try:
        for number in range(40):
            with open(Path(place, f"full{number}"), "wb") as file:
                for _ in range(100):
                    file.write(bytes(1_000_000))
        print(place, "no end")
    except OSError as error:
        print(place, error.strerror)
