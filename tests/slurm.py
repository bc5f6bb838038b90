"""A Slurm of one's own: one node on the loopback interface, started by root, gone when the block ends.

    with slurm.running():
        subprocess.run(["srun", "-n2", "hostname"])

All its files lie in a temporary folder, its ports are free ones, and no other Slurm of the machine is touched:
SLURM_CONF in the environment leads to it while the block runs.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "sinfo", "srun", "sbatch")
# Debian keeps what serves off an ordinary user's PATH.
PATH = os.pathsep.join(["/usr/sbin", "/usr/local/sbin", os.environ.get("PATH", os.defpath)])
# Bounds a start that hangs. A server that ends by itself is noticed at once.
SECONDS = 120
# No control groups: a container has none to give. More jobs than processors, so that one processor is enough.
SETTINGS = """
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/linear
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={processors} State=UNKNOWN
PartitionName=class Nodes={host} Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
"""


class SlurmError(Exception):
    """Slurm does not start. The message says why."""


def why_not() -> str:
    """Why no Slurm can be started here; empty where one can."""
    gone = [name for name in PROGRAMS if not shutil.which(name, path=PATH)]
    if gone:
        return f"there is no {', '.join(gone)}; as root, ./setup.sh dev installs them (Debian: slurm-wlm, munge)"
    return "" if os.geteuid() == 0 else "Slurm's node runs jobs of others, and only root can start it"


@contextlib.contextmanager
def running() -> Iterator[None]:
    """A Slurm that takes jobs while the block runs."""
    # The path of a socket may have 107 bytes: pytest's folders are too long.
    folder = Path(tempfile.mkdtemp(prefix="slurm-", dir="/tmp"))
    folder.chmod(0o755)  # munge trusts no other
    before = os.environ.get("SLURM_CONF")
    servers: list[subprocess.Popen] = []
    try:
        configuration = _configure(folder)
        os.environ["SLURM_CONF"] = str(configuration)
        munge = [("key-file", "key"), ("socket", "munge.socket"), ("pid-file", "munged.pid"), ("seed-file", "seed")]
        places = [f"--{option}={folder / name}" for option, name in munge]
        servers.append(
            _start(folder, ["munged", "--foreground", "--force", *places, f"--log-file={folder}/munged.log"])
        )
        _wait(servers, folder, (folder / "munge.socket").exists)
        servers += [_start(folder, [name, "-D", "-f", str(configuration)]) for name in ("slurmctld", "slurmd")]
        _wait(servers, folder, _is_idle)
        yield
    finally:
        for server in reversed(servers):
            server.terminate()
            server.wait()
        os.environ.pop("SLURM_CONF", None)
        if before is not None:
            os.environ["SLURM_CONF"] = before
        shutil.rmtree(folder)


def _configure(folder: Path) -> Path:
    for name in ("state", "spool"):
        (folder / name).mkdir()
    key = folder / "key"
    key.touch(mode=0o400)
    key.write_bytes(secrets.token_bytes(1024))
    with contextlib.ExitStack() as stack:  # both at once, so that they differ
        sockets = [stack.enter_context(socket.socket()) for _ in range(2)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        ports = [each.getsockname()[1] for each in sockets]
    host = socket.gethostname().partition(".")[0]
    path = folder / "slurm.conf"
    path.write_text(SETTINGS.format(folder=folder, host=host, ports=ports, processors=os.cpu_count()))
    return path


def _start(folder: Path, command: list[str]) -> subprocess.Popen:
    program = shutil.which(command[0], path=PATH)
    with (folder / f"{command[0]}.out").open("wb") as said:
        # If this process is killed, so is the server.
        wrapped = ["setpriv", "--pdeathsig", "TERM", program, *command[1:]]
        return subprocess.Popen(wrapped, cwd=folder, stdout=said, stderr=said)


def _is_idle() -> bool:
    done = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True, env=os.environ | {"PATH": PATH})
    return done.stdout.strip() == "idle"


def _wait(servers: list[subprocess.Popen], folder: Path, ready) -> None:
    late = time.monotonic() + SECONDS
    while not ready():
        if time.monotonic() > late or any(server.poll() is not None for server in servers):
            said = [path.read_text(errors="replace").strip() for path in sorted(folder.glob("*.[lo][ou][gt]"))]
            raise SlurmError("\n".join(filter(None, said)))
        time.sleep(0.1)
