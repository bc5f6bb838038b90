"""Acts on accounts bring out lost money, deadlocks and busy waiting every time, and nothing where there is none."""

import threading
import time

import pytest

from course import accounts


def in_order(source, target, amount):
    """Right."""
    if source is not target:
        first, second = sorted((source, target), key=lambda account: account.number)
        with first.lock, second.lock:
            source.balance -= amount
            target.balance += amount


def unlocked(source, target, amount):
    """Without any lock."""
    source.balance -= amount
    target.balance += amount


def as_given(source, target, amount):
    """In the order of the arguments."""
    with source.lock, target.lock:
        unlocked(source, target, amount)


def early(source, target, amount):
    """Writes after it has given the locks back."""
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        left, gained = source.balance - amount, target.balance + amount
    source.balance, target.balance = left, gained


def busy(source, target, amount):
    """Tries again without a pause."""
    while not source.lock.acquire(blocking=False):
        pass
    with target.lock:
        unlocked(source, target, amount)
    source.lock.release()


BIG = threading.Lock()


def one_lock(source, target, amount):
    """A lock of its own for everything: nobody asks for the accounts' locks."""
    with BIG:
        unlocked(source, target, amount)


@pytest.mark.parametrize(("transfer", "kept"), [(in_order, True), (one_lock, True), (unlocked, False), (early, False)])
def test_money_is_lost_where_it_can_be(transfer, kept):
    """Two transfers to one account, at the same time."""
    for _ in range(5):
        seen = accounts.at_once(transfer, [100, 100, 100], [(0, 2, 10), (1, 2, 20)], 2)
        assert (sum(seen["balances"]) == 300) == kept


@pytest.mark.parametrize(("transfer", "hangs"), [(in_order, False), (one_lock, False), (as_given, True)])
def test_crossing_transfers_hang_where_they_can(transfer, hangs):
    """A deadlock that can happen happens, and is told; the act ends all the same."""
    for _ in range(10):
        seen = accounts.crossing(transfer)
        assert (bool(seen["deadlock"]), seen["stuck"]) == (hangs, False)
        assert hangs or seen["balances"] == [93, 107]


def test_an_account_and_itself():
    """The same lock twice is a deadlock of one."""
    assert accounts.to_itself(as_given)["deadlock"]
    assert accounts.to_itself(in_order) == {"balances": [100], "deadlock": "", "error": "", "stuck": False}


@pytest.mark.parametrize(("transfer", "often"), [(in_order, False), (busy, True)])
def test_who_spins_is_seen(transfer, often):
    """How often the second transfer asked while it waited."""
    assert (accounts.held_up(transfer)["asked"] >= accounts.OFTEN) == often


def test_what_hangs_is_left_behind(monkeypatch):
    """Locks of one's own can hang for good: the act says so after a while."""
    monkeypatch.setattr(accounts, "CAP", 0.1)
    stop = threading.Event()
    seen = accounts.crossing(lambda *_: stop.wait())
    stop.set()
    assert seen["stuck"]


def test_an_error_is_told():
    """By name and message."""
    assert accounts.to_itself(lambda *_: 1 / 0)["error"] == "ZeroDivisionError: division by zero"


def test_an_account_stays_where_it_is():
    """Its lock means something in one process only."""
    import pickle

    with pytest.raises(TypeError, match="stays where it is"):
        pickle.dumps(accounts.Account(1, 2))


def test_a_balance_without_patience_waits_for_nobody():
    """Outside of an act, an account is an account."""
    account = accounts.Account(1, 2)
    start = time.monotonic()
    account.balance += 3
    assert (account.balance, repr(account)) == (5, "Account(1, 5)")
    assert time.monotonic() - start < 5
