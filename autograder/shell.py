"""An IPython shell that runs a cell as Jupyter would, and keeps what it shows."""

from __future__ import annotations

import ast
import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import CodeType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from IPython.paths import get_ipython_dir
from IPython.utils.text import LSString, SList
from traitlets import default
from traitlets.config import Config

from autograder.recorder import Outputs, Recorder

INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True)
class Ran:
    """What running a cell showed, the exception that ended it, if one did, and else the value of its last line."""

    outputs: list[dict[str, Any]]
    error: BaseException | None = None
    value: Any = None


@dataclass(frozen=True)
class _Code:
    """A compiled cell: all but an expression on its last line, that, and whether that is kept from being shown."""

    all: CodeType
    last: CodeType | None
    quiet: bool


class Shell:
    """Runs cells in one namespace, `names`. There is one shell in a process, and it takes over the standard streams."""

    def __init__(self) -> None:
        self._shell = _ready()
        self._recorder = self._shell.recorder = Recorder()
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._shell.loop_runner = self._loop.run_until_complete
        self.names: dict[str, Any] = self._shell.user_ns

    def run(self, text: str) -> Ran:
        """Run a cell: Python, magics, commands, `await` at its top."""
        with self._recorder.into(Outputs()) as outputs:
            if self._awaits(text):
                result = self._shell.run_cell(text, store_history=True)
            else:
                result = self._loop.run_until_complete(self._within_loop(text))
        # A magic such as %%capture runs its cell on its own, and swallows what that raised once it has been shown.
        error = result.error_before_exec or result.error_in_exec or outputs.raised
        return Ran(outputs.list(), error, result.result)

    def run_plainly(self, text: str) -> Ran:
        """Run a cell that is Python, but past IPython's history, hooks, numbering and tracebacks: that is much faster.

        Any other cell goes to `run`.
        """
        code = self._shell.coded(text)
        if code is None:
            return self.run(text)
        with self._recorder.into(Outputs()) as outputs:
            return self._loop.run_until_complete(self._plainly(code, outputs))

    async def _plainly(self, code: _Code, outputs: Outputs) -> Ran:
        shell, value, error = self._shell, None, None
        try:
            exec(code.all, self.names)
            if code.last is not None:
                value = eval(code.last, self.names)
                shell.displayhook(value := None if code.quiet else value)
        except BaseException as raised:
            error = raised
        shell.events.trigger("post_execute")  # figures are shown then
        return Ran(outputs.list(), error, value)

    def finish(self, awaitable: Any) -> Any:
        """What an awaitable results in."""
        return self._loop.run_until_complete(_wait(awaitable))

    @contextmanager
    def aside(self) -> Iterator[Outputs]:
        """Keep what is shown meanwhile apart."""
        with self._recorder.into(Outputs()) as outputs:
            yield outputs

    def redirected(self, name: str) -> bool:
        """Whether code has put a stream of its own in the place of `sys.stdout` or `sys.stderr`."""
        return not self._recorder.owns(getattr(sys, name))

    def _awaits(self, text: str) -> bool:
        if "await" not in text and "async" not in text:
            return False
        try:
            return self._shell.should_run_async(text, transformed_cell=self._shell.transform_cell(text))
        except Exception:  # the same fault is shown when the cell is run
            return False

    async def _within_loop(self, text: str) -> Any:
        """Jupyter runs every cell inside its loop, where `asyncio.create_task` works and `asyncio.run` does not."""
        return self._shell.run_cell(text, store_history=True)


def warm() -> None:
    """Make this process's shell, and load what its first cell would, so that processes forked from it start at once."""
    (shell := _ready()).run_cell("pass")
    try:
        exec(compile("1 / 0", shell.compile.cache("1 / 0"), "exec"))
    except ZeroDivisionError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info())


def show_figures() -> None:
    """Have this process's shell show figures, as each first cell of Jupyter's that imports pyplot does."""
    _ready().enable_matplotlib("inline")


def ready(text: str) -> None:
    """Compile a cell for `run_plainly`, in this process's shell and so in those of its forks."""
    _ready().coded(text)


def _ready() -> _Shell:
    if _Shell.initialized():
        return _Shell.instance()
    config = Config(HistoryManager={"enabled": False, "hist_file": ":memory:"}, InteractiveShell={"colors": "nocolor"})
    os.environ["MPLBACKEND"] = INLINE
    return _Shell.instance(config=config)


async def _wait(awaitable: Any) -> Any:
    return await awaitable


class _Results(DisplayHook):
    def write_output_prompt(self) -> None:
        """There is none."""

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        self.shell.recorder.drain()
        count = self.prompt_count
        self.shell.recorder.outputs.display("execute_result", format_dict, md_dict, execution_count=count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Displays(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_: Any) -> None:
        self._validate_data(data, metadata)
        self.shell.recorder.drain()
        outputs, name = self.shell.recorder.outputs, (transient or {}).get("display_id")
        if update:
            outputs.update(data, metadata, name)
        else:
            outputs.display("display_data", data, metadata, name)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.drain()
        self.shell.recorder.outputs.clear(wait)


class _Shell(InteractiveShell):
    recorder: Recorder
    displayhook_class = _Results
    display_pub_class = _Displays
    # Commands write to the descriptors that the recorder reads; a terminal of their own is not to be had everywhere.
    system = InteractiveShell.system_raw

    def transform_cell(self, raw_cell: str) -> str:
        """The cell as Python. Where it is Python, IPython would take it apart several times to find that out."""
        return f"{raw_cell.rstrip()}\n" if self.plain(raw_cell) else super().transform_cell(raw_cell)

    def plain(self, text: str) -> ast.Module | None:
        """A cell that nothing of IPython's would change, taken apart; a single line may be a magic without its %."""
        if text[:1].isspace() or "\n" not in text.strip() or self._has_transformers():
            return None
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def coded(self, text: str) -> _Code | None:
        """A cell that nothing of IPython's would change, compiled, unless it awaits something or does not compile."""
        if text in self.codes and not self._has_transformers():
            return self.codes[text]
        if "await" in text or (tree := self.plain(text)) is None:
            return None
        filename = self.compile.cache(text, self.execution_count)  # where tracebacks find its lines
        self.execution_count += 1
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with suppress(SyntaxError):
            self.codes[text] = _Code(
                self.compile(tree, filename, "exec"),
                last and self.compile(ast.Expression(last.value), filename, "eval"),
                DisplayHook.semicolon_at_end_of_expression(text),
            )
        return self.codes.get(text)

    def _has_transformers(self) -> bool:
        """Whether an extension or a cell has added transformers of its own."""
        now, usual = vars(self.input_transformer_manager), vars(TransformerManager())
        return bool(self.input_transformers_post or any(now.get(name) != usual[name] for name in usual))

    def init_profile_dir(self, profile_dir) -> None:
        """Nobody's startup files, and no folder as long as nobody asks for one."""
        self.db = {}
        self.codes: dict[str, _Code] = {}

    @default("profile_dir")
    def _new_profile(self) -> ProfileDir:
        """ipyparallel keeps there what engines need to know."""
        return ProfileDir.create_profile_dir_by_name(get_ipython_dir())

    def _showtraceback(self, etype, evalue, stb) -> None:
        self.recorder.drain()
        self.recorder.outputs.error(etype, evalue, stb)

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """IPython would make every traceback a second time, for its history. There is none."""
        return {}

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0):
        cmd = self.var_expand(cmd, depth=depth + 1)
        done = subprocess.run(cmd, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        text = done.stdout.decode("utf-8", "replace")
        return SList(text.splitlines()) if split else LSString(text)

    def enable_gui(self, gui=None) -> None:
        """Figures are shown inline: there is no window to serve."""

    def ask_exit(self) -> None:
        """`exit` in a cell ends nothing."""
