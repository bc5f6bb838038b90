"""Accounts between which threads move money, and acts that bring out what goes wrong there.

Each account has a `number`, a `lock`, and a `balance`. An act makes accounts, calls `transfer(source, target, amount)`
in several threads at once, and returns its notes as plain data. Whatever hangs is left behind after `CAP` seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from course import locks
from course.locks import Lock
from course.quiet import act, until
from course.shared import Meeting

__carried__ = True
CAP = 5.0  # seconds until an act that does not end is given up
PATIENCE = 0.25  # seconds that a reader or writer of a balance waits for another one, the first time
ASK = 1.0  # seconds that a thread with one lock waits for the other thread to ask for one, once
OFTEN = 5_000  # who asks for a lock so often while it is held does not wait, but spins
BLOCKED = 0.5  # seconds, at most, for which a transfer is held up to see how another one waits


class Account:
    """An account. Where `patience` is given, whoever reads or writes the balance waits that long for another one."""

    def __init__(self, number: int, balance: int, patience: float = 0.0) -> None:
        self.number = number
        self.lock = Lock(f"account {number}")
        self._balance = balance
        self._meetings = (Meeting(patience=patience), Meeting(patience=patience)) if patience else ()
        self.held_up: Callable[[], object] = lambda: None

    def __repr__(self) -> str:
        return f"Account({self.number}, {self._balance})"

    @property
    def balance(self) -> int:
        """The money in it."""
        seen = self._balance
        self.held_up()
        if self._meetings:
            self._meetings[0].wait()
        return seen

    @balance.setter
    def balance(self, value: int) -> None:
        if self._meetings:
            self._meetings[1].wait()
        self._balance = value

    def __getstate__(self) -> Any:
        raise TypeError("an account holds a lock, and stays where it is")


def at_once(transfer: Callable, balances: Sequence[int], moves: Sequence[tuple], hot: int | None = None) -> dict:
    """An act: each of `moves` (source, target, amount), accounts by number, in a thread of its own.

    Reading and writing the account `hot` meets with others that do. `balances` afterwards; `error` of the first thread
    that raised, or ""; `stuck`: some thread did not end.
    """
    accounts = [Account(n, money, PATIENCE if n == hot else 0.0) for n, money in enumerate(balances)]
    ready = threading.Barrier(len(moves))

    def move(source: int, target: int, amount: int) -> None:
        ready.wait()
        transfer(accounts[source], accounts[target], amount)

    return _in_threads([lambda m=m: move(*m) for m in moves], accounts)


def crossing(transfer: Callable) -> dict:
    """An act: account 0 to 1 and 1 to 0, where whoever has got one lock waits until the other has asked for one."""
    accounts = [Account(0, 100), Account(1, 100)]
    given_up = threading.Event()

    def both_asked() -> bool:
        with locks.changed:
            return len(set().union(*(account.lock.askers for account in accounts))) > 1

    def wait() -> None:
        mine = [a for a in accounts if a.lock.holder is threading.current_thread()]
        if len(mine) == 1 and not given_up.is_set() and not until(both_asked, ASK):
            given_up.set()

    for account in accounts:
        account.lock = Lock(account.lock.name, taken=wait)
    there, back = accounts, accounts[::-1]
    return _in_threads([lambda: transfer(*there, 10), lambda: transfer(*back, 3)], accounts)


def to_itself(transfer: Callable) -> dict:
    """An act: from an account to the same account."""
    account = Account(0, 100)
    return _in_threads([lambda: transfer(account, account, 10)], [account])


def held_up(transfer: Callable) -> dict:
    """An act: a transfer is stopped while it reads a balance, and a second one between the same accounts waits for it.

    `asked` is how often the second asked for a lock meanwhile, `busy` the processor time, in seconds, that it took.
    """
    accounts = [Account(0, 100), Account(1, 100)]
    reading, second = threading.Event(), threading.Event()
    notes: dict[str, Any] = {"busy": 0.0}

    def asked() -> int:
        return sum(account.lock.asked for account in accounts)

    def stop() -> None:
        if not reading.is_set():
            reading.set()
            second.wait(CAP)
            before = asked()
            until(lambda: asked() - before >= OFTEN, BLOCKED)
            notes["asked"] = asked() - before

    for account in accounts:
        account.held_up = stop

    def late() -> None:
        reading.wait(CAP)
        second.set()
        before = time.thread_time()
        transfer(*accounts, 5)
        notes["busy"] = time.thread_time() - before

    return _in_threads([lambda: transfer(*accounts, 10), late], accounts) | notes


def _in_threads(runs: Sequence[Callable[[], object]], accounts: Sequence[Account]) -> dict:
    """What becomes of accounts when all of `runs` are made at once; `deadlock` tells the first, if there was one."""
    errors: list[BaseException] = []

    def run(one: Callable[[], object]) -> None:
        try:
            one()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(one,), daemon=True) for one in runs]
    with act():
        for thread in threads:
            thread.start()
        until(lambda: not any(thread.is_alive() for thread in threads), CAP, last=True)
    first = next(iter(errors), None)
    return {
        "balances": [account._balance for account in accounts],
        "deadlock": next((str(error) for account in accounts for error in account.lock.refused), ""),
        "error": "" if first is None else f"{type(first).__name__}: {first}",
        "stuck": any(thread.is_alive() for thread in threads),
    }
