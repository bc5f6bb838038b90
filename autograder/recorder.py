"""What a cell shows, in the order in which it showed it: text, displays, results and tracebacks, as nbformat's dicts.

Python's own streams are recorded as they are written; what child processes and C code write to descriptors 1 and 2
arrives through pipes, which are read before anything else is recorded, so that the order stays.
"""

from __future__ import annotations

import base64
import codecs
import io
import json
import os
import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MAX_OUTPUTS = 1_000
MAX_TEXT = 1_000_000
MAX_BYTES = 4_000_000
CUT = "\n… the rest of this cell's output was cut off.\n"
PART = 1 << 16


class Outputs:
    """The outputs of one cell, within bounds. `raised` is the last exception that was shown."""

    def __init__(self) -> None:
        self._list: list[dict[str, Any]] = []
        self.raised: BaseException | None = None
        self._texts = self._bytes = 0
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._clear_before_next = False

    def text(self, name: str, text: str) -> None:
        """Record text on a stream, "stdout" or "stderr"."""
        if not text or self._texts > MAX_TEXT:
            return
        self._texts += len(text)
        if self._texts > MAX_TEXT:
            text = text[: len(text) - self._texts + MAX_TEXT] + CUT
        self._before()
        if self._list and self._list[-1].get("name") == name:
            self._list[-1]["text"].append(text)
        else:
            self._add({"output_type": "stream", "name": name, "text": [text]})

    def display(self, kind: str, data: dict, metadata: dict | None, name: str | None = None, **more: Any) -> None:
        """Record a display or a result; `name` is the id by which it may be updated."""
        output = {"output_type": kind, **self._bundle(data, metadata), **more}
        self._before()
        self._add(output)
        if name is not None:
            self._shown.setdefault(name, []).append(output)

    def update(self, data: dict, metadata: dict | None, name: str | None) -> None:
        """Replace what was displayed under `name`."""
        bundle = self._bundle(data, metadata)
        for output in self._shown.get(name, []):
            output |= bundle

    def error(self, kind: type[BaseException], error: BaseException, traceback: list[str]) -> None:
        """Record an exception."""
        self.raised = error
        try:
            value = str(error)
        except Exception:
            value = "…"
        lines = "\n".join(traceback)[-MAX_TEXT // 10 :].split("\n")
        self._before()
        value = value[: MAX_TEXT // 10]
        self._add({"output_type": "error", "ename": kind.__name__, "evalue": value, "traceback": lines})

    def clear(self, wait: bool) -> None:
        """Forget what was shown, now or when something new is."""
        self._clear_before_next = wait
        if not wait:
            self._list.clear()

    def list(self) -> list[dict[str, Any]]:
        """The outputs, as nbformat has them."""
        streams = ("".join(output["text"]) if "text" in output else None for output in self._list)
        return [o if text is None else {**o, "text": text} for o, text in zip(self._list, streams, strict=True)]

    def said(self, name: str) -> str:
        """All text on one stream."""
        return "".join(output["text"] for output in self.list() if output.get("name") == name)

    def _before(self) -> None:
        if self._clear_before_next:
            self.clear(wait=False)

    def _add(self, output: dict[str, Any]) -> None:
        if len(self._list) < MAX_OUTPUTS:
            self._list.append(output)

    def _bundle(self, data: dict, metadata: dict | None) -> dict[str, dict]:
        clean = {str(mime): value for mime, value in ((m, _jsonable(v)) for m, v in data.items()) if value is not None}
        self._bytes += sum(len(str(value)) for value in clean.values())
        if self._bytes > MAX_BYTES:
            clean = {"text/plain": CUT.strip()}
        notes = _jsonable(metadata or {})
        return {"data": clean, "metadata": notes if isinstance(notes, dict) and len(str(notes)) < PART else {}}


class Recorder:
    """Takes over this process's standard streams for good. `outputs` is where they go now."""

    def __init__(self) -> None:
        self.outputs = Outputs()
        self._pid = os.getpid()
        self._lock = threading.RLock()
        self._poll = select.poll()
        self._pipes: dict[int, tuple[str, codecs.IncrementalDecoder]] = {}
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            reads, writes = os.pipe()
            os.set_blocking(reads, False)
            os.dup2(writes, descriptor)
            os.close(writes)
            self._pipes[reads] = (name, codecs.getincrementaldecoder("utf-8")("replace"))
            self._poll.register(reads, select.POLLIN)
            setattr(sys, name, _Stream(self, name, descriptor))
        # A pipe holds 64 KiB: who writes more waits until somebody reads.
        threading.Thread(target=self._keep_reading, name="output", daemon=True).start()

    def write(self, name: str, text: str) -> None:
        """Record text on a stream of Python's."""
        with self._lock:
            self.drain()
            self.outputs.text(name, text)

    def drain(self) -> None:
        """Record what has been written to the descriptors so far."""
        with self._lock:
            while ready := self._poll.poll(0):
                for reads, _ in ready:
                    name, decoder = self._pipes[reads]
                    self.outputs.text(name, decoder.decode(os.read(reads, PART)))

    @contextmanager
    def into(self, outputs: Outputs) -> Iterator[Outputs]:
        """Record into `outputs` for a while."""
        self.drain()
        before, self.outputs = self.outputs, outputs
        try:
            yield outputs
        finally:
            self.drain()
            self.outputs = before

    def owns(self, stream: object) -> bool:
        """Whether a stream is one that records here."""
        return isinstance(stream, _Stream)

    def here(self) -> bool:
        """Whether this is the process that records, and no fork of it."""
        return os.getpid() == self._pid

    def _keep_reading(self) -> None:
        waiting = select.poll()
        for reads in self._pipes:
            waiting.register(reads, select.POLLIN)
        while True:
            waiting.poll()
            self.drain()


class _Stream(io.TextIOBase):
    """What `sys.stdout` is while cells run."""

    encoding, errors, newlines = "utf-8", "replace", None

    def __init__(self, recorder: Recorder, name: str, descriptor: int) -> None:
        self._recorder, self.name, self._descriptor = recorder, f"<{name}>", descriptor
        self._stream = name
        self.buffer = io.FileIO(descriptor, "wb", closefd=False)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._recorder.here():
            self._recorder.write(self._stream, text)
        else:
            self.buffer.write(text.encode("utf-8", "replace"))
        return len(text)

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """Stay open: the next cell prints, too."""


def _jsonable(value: Any) -> Any:
    """`value` as JSON has it, bytes as base64; None where there is no such thing."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    try:
        return json.loads(json.dumps(value, allow_nan=False, default=str))
    except (TypeError, ValueError, RecursionError):
        return None
