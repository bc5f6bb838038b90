"""The checker's end of the airlock: names and calls over there, as if they were here."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

from autograder import arguments, handles, replies
from autograder.channel import Channel, ChannelError
from autograder.kinds import ValuesError, exactly
from autograder.raised import StudentError, StudentGone
from autograder.values import Decoder

MAX_PRINTED = 64_000
_MISSING = object()


class Across:
    """Makes requests of the student's side. `names` is the checker's own namespace.

    `shared` are names that cells of the instructor bind on both sides. `hear(stream, text)` is told what was printed
    over there during a call, and `printed` keeps the beginning of it. Of the names that are `watch`ed, what the checker
    assigns or deletes is assigned or deleted over there before the next call. After the `deadline`, a time of
    `time.monotonic`, nothing is answered any more; `lost` is how the channel ended, if it did.
    """

    def __init__(self, channel: Channel, names: dict[str, Any], hear: Callable[[str, str], None]):
        self.shared: frozenset[str] = frozenset()
        self.deadline: float | None = None
        self.printed = ""
        self.lost: ChannelError | None = None
        self._channel, self._names, self._hear = channel, names, hear
        self._live = arguments.Live()
        self._handles: WeakValueDictionary[int, handles.Handle] = WeakValueDictionary()
        self._forgotten: set[int] = set()
        self._known: dict[str, Any] = {}
        self._fetched: set[str] = set()
        self._lock = threading.RLock()

    def fetch(
        self, names: Iterable[str], asks: Iterable[str], modules: Mapping[str, str], given: Mapping[str, str]
    ) -> None:
        """Bind names of the student's here, as they are now; one that does not exist over there is unbound here.

        `asks` are names that are fetched unless they are bound here by other means. `modules` are names that the
        source's own answers bind to modules: where the student's side has bound such a name to the module of that
        name, the checker takes its own; what is bound to another thing that stays over there is not taken at all, for
        it could be content with everything. `given` are names that students are given as imports, "module" or
        "module:name": the checker makes those imports itself.
        """
        self._known.clear()
        wanted = [*names, *(name for name in asks if name not in self._names or name in self._fetched)]
        for name in wanted:
            self._names.pop(name, None)
            if name in given:
                with suppress(ImportError, AttributeError):  # a module beside the notebook is the student's
                    self._names[name] = _imported(given[name])
                    continue
            with suppress(NameError):
                value = self._ask({"op": "get", "name": name})
                if name in modules and issubclass(type(value), handles.Handle):
                    if not _is_module(value, modules[name]):
                        continue
                    value = importlib.import_module(modules[name])
                self._names[name] = value
        self._fetched.update(wanted)
        self.watch(wanted)

    def watch(self, names: Iterable[str]) -> None:
        """Remember what names are bound to here, so as to tell the student's side when that changes."""
        self._known |= {name: self._names.get(name, _MISSING) for name in names}

    def tell(self) -> None:
        """Assign and delete over there what was assigned and deleted here since."""
        for name, before in list(self._known.items()):
            now = self._names.get(name, _MISSING)
            if now is before:
                continue
            self._known[name] = now
            if now is _MISSING:
                self._ask({"op": "del", "name": name})
            else:
                self._ask({"op": "set", "name": name}, [now])

    def call(self, target: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call `target`, which is theirs or ours, over there.

        One that raises StopIteration has failed: it would end a check's loop over `map(function, …)`, and what is left
        would go unchecked.
        """
        __tracebackhide__ = True
        try:
            return self.advance(target, *args, **kwargs)
        except (StopIteration, StopAsyncIteration) as error:
            raise _theirs(StudentError(type(error).__name__)) from None

    def advance(self, target: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call `target`, which may say by StopIteration that something is at its end."""
        __tracebackhide__ = True
        with self._lock:
            self.tell()
            reached = arguments.reach([*args, *kwargs.values()])
            return self._ask({"op": "call"}, [target, args, kwargs, reached], given=reached)

    def finish(self, awaitable: handles.Handle) -> Any:
        """Await over there."""
        __tracebackhide__ = True
        with self._lock:
            self.tell()
            return self._ask({"op": "finish"}, [awaitable])

    def forget(self, number: int) -> None:
        """A handle is not used any more."""
        self._forgotten.add(number)

    def _ask(self, request: dict[str, Any], things: list | None = None, given: Sequence[object] = ()) -> Any:
        __tracebackhide__ = True
        with self._lock:
            if things is not None:
                request["things"] = arguments.pack(things, self._live, self._names, self.shared)
            if news := self._live.news():
                request["news"] = news
            if unused := self._live.unused():
                request["unused"] = unused
            if self._forgotten:
                forgotten, self._forgotten = self._forgotten, set()
                request["forget"] = sorted(forgotten)
            reply = self._reply(request)
            if request["op"] in ("call", "finish"):
                replies.hear(reply)
            try:
                return self._answer(reply, given)
            except ValuesError as error:
                raise StudentError(f"the answer from the student's side means nothing: {error}") from error

    def _reply(self, request: dict[str, Any]) -> dict[str, Any]:
        __tracebackhide__ = True
        if self.lost is None:
            try:
                return self._channel.ask(request, self.deadline)
            except ChannelError as error:
                self.lost = error
        raise StudentGone(f"the student's code is gone: {self.lost}")

    def _answer(self, reply: dict[str, Any], given: Sequence[object]) -> Any:
        __tracebackhide__ = True
        self._live.new.difference_update(exactly(reply.get("opened", []), list))
        for stream in ("stdout", "stderr"):
            if text := exactly(reply.get(stream, ""), str):
                self._hear(stream, text)
                if len(self.printed) < MAX_PRINTED:
                    self.printed += text[:MAX_PRINTED]
        self._live.take(reply.get("news", []))
        for number, doc in reply.get("back", []):
            original = Decoder(given=given).whole(["given", number])
            arguments.refill(original, self._decoded(doc, given))
        if reply.get("ok") is True:
            return self._decoded(reply.get("value"), given)
        error = self._decoded(reply.get("raised"), given)
        if not isinstance(error, Exception):
            raise ValuesError("it raised what is no exception")
        raise _theirs(error)

    def _decoded(self, doc: Any, given: Sequence[object]) -> Any:
        return Decoder(self._handle, given).whole(doc)

    def _handle(self, parts: list) -> handles.Handle:
        number, classes, abilities = parts
        found = self._handles.get(exactly(number, int))
        if found is None:
            found = handles.handle(self, number, tuple(_texts(classes)), frozenset(_texts(abilities)))
            self._handles[number] = found
            self._forgotten.discard(number)
        return found


def _theirs(error: Exception) -> Exception:
    """`error`, marked as one that came from the student's side."""
    with suppress(Exception):
        error.from_student = True
    return error


def _texts(doc: Any) -> list[str]:
    return [exactly(text, str) for text in exactly(doc, list)]


def _is_module(value: handles.Handle, name: str) -> bool:
    return handles.name_of(value) == "module" and value.__name__ == name


def _imported(source: str) -> Any:
    """What `import module` or `from module import name` binds."""
    module, _, name = source.partition(":")
    found = importlib.import_module(module)
    return getattr(found, name) if name else found
