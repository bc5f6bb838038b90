"""Lets a thread change a value for ever after its cell has ended; no state of it is right as a whole."""

# %% pair
import itertools
import threading
import time

pair = [1, 0]


def flip():
    for state in itertools.cycle([(0, 2), (1, 0)]):
        pair[:] = state
        time.sleep(0.0005)


threading.Thread(target=flip, daemon=True).start()
