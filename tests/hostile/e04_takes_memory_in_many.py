"""Takes memory in many processes, each of which stays within what one may have."""

FLAGS = ("square",)

# %% square
import os
import time

for _ in range(8):
    if os.fork() == 0:
        taken = b"x" * 600_000_000
        time.sleep(10_000)
time.sleep(10_000)
