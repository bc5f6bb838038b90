"""Starts threads until no more can be started."""

# %% square
import threading
import time

started = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(10_000,), daemon=True).start()
        started += 1
except BaseException as error:
    print(started, type(error).__name__)


def square(x):
    return x
