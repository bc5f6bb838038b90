"""Kernels of notebooks, asked from outside: started by the name that they have in a folder, as JupyterLab does.

kernels.ask(folder / "share/jupyter", "reports", "import sys; print(sys.prefix)")
"""

from __future__ import annotations

from pathlib import Path
from subprocess import DEVNULL

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

SECONDS = 60


class KernelError(Exception):
    """There is no such kernel, or it does not answer. The message says which, where, and what to look at."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback, which would be about what happens in here."""
        return [f"{type(self).__name__}: {self}"]


def ask(jupyter: str | Path, name: str, code: str) -> str:
    """What `code` prints in a new kernel called `name`, found in the folder `jupyter`. The kernel is ended."""
    specs = KernelSpecManager(kernel_dirs=[str(Path(jupyter) / "kernels")], ensure_native_kernel=False)
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs, transport="ipc")
    said: list[str] = []

    def keep(message: dict) -> None:
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])

    try:
        manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
    except NoSuchKernel:
        raise KernelError(
            f"there is no kernel {name!r} in {jupyter}: look for {jupyter}/kernels/{name}/kernel.json"
        ) from None
    except OSError as error:
        raise KernelError(f"the kernel {name!r} does not start: {error}. Look at argv in its kernel.json") from None
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        client.execute_interactive(code, timeout=SECONDS, output_hook=keep)
    except RuntimeError as error:
        raise KernelError(f"the kernel {name!r} does not answer: {error}. Look at argv in its kernel.json") from None
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(said)
