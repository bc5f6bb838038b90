"""Kernels of notebooks, asked from outside: started by the name that they have in a folder, as JupyterLab does.

kernels.ask(folder / "share/jupyter", "reports", "import sys; print(sys.prefix)")
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from subprocess import DEVNULL

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

SECONDS = 30


class KernelError(Exception):
    """There is no such kernel, or it does not answer. The message says which, where, and what to look at."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback, which would be about what happens in here."""
        return [f"{type(self).__name__}: {self}"]


def ask(jupyter: str | Path, name: str, code: str) -> str:
    """What `code` prints in a new kernel called `name`, found in the folder `jupyter`. The kernel is ended.

    KernelError where there is no such kernel, or it does not start, or does not answer.
    """
    specs = KernelSpecManager(kernel_dirs=[str(Path(jupyter) / "kernels")], ensure_native_kernel=False)
    # Sockets that are files, and not ports, which others on the machine can reach. Their paths have to be short.
    with tempfile.TemporaryDirectory() as folder:
        places = {"ip": f"{folder}/k", "connection_file": f"{folder}/c.json"}
        manager = KernelManager(kernel_name=name, kernel_spec_manager=specs, transport="ipc", **places)
        try:
            manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
        except NoSuchKernel:
            where = f"{jupyter}/kernels/{name}/kernel.json"
            raise KernelError(f"there is no kernel {name!r}: look for {where}") from None
        except OSError as error:
            raise KernelError(f"the kernel {name!r} does not start: {error}. Look at argv in its kernel.json") from None
        return _answer(manager, name, code)


def _answer(manager: KernelManager, name: str, code: str) -> str:
    """What a kernel that was started prints; then it is ended."""
    said: list[str] = []

    def keep(message: dict) -> None:
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])

    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        client.execute_interactive(code, timeout=SECONDS, output_hook=keep)
    except (RuntimeError, TimeoutError) as error:
        raise KernelError(f"the kernel {name!r} does not answer: {error}. Look at argv in its kernel.json") from None
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(said)
