# %% takes both locks in the order of the numbers
def transfer(source, target, amount):
    if source.number == target.number:
        return
    low, high = (source, target) if source.number < target.number else (target, source)
    low.lock.acquire()
    high.lock.acquire()
    try:
        source.balance = source.balance - amount
        target.balance = target.balance + amount
    finally:
        high.lock.release()
        low.lock.release()


# %% orders by identity
from contextlib import ExitStack


def transfer(source, target, amount):
    with ExitStack() as held:
        for account in sorted({source, target}, key=id):
            held.enter_context(account.lock)
        source.balance -= amount
        target.balance += amount


# %% has one big lock
BANK = threading.Lock()


def transfer(source, target, amount):
    with BANK:
        source.balance -= amount
        target.balance += amount


# %% tries the second lock, and steps back for a moment
import random
import time


def transfer(source, target, amount):
    if source is target:
        return
    while True:
        with source.lock:
            if target.lock.acquire(blocking=False):
                try:
                    source.balance -= amount
                    target.balance += amount
                    return
                finally:
                    target.lock.release()
        time.sleep(random.uniform(0.001, 0.005))


# %% waits for the second lock for a moment only
import random
import time


def transfer(source, target, amount):
    if source is target:
        return
    while True:
        with source.lock:
            if target.lock.acquire(timeout=random.uniform(0.01, 0.05)):
                source.balance -= amount
                target.balance += amount
                target.lock.release()
                return
        time.sleep(random.uniform(0.001, 0.005))


# %% never holds two locks
def transfer(source, target, amount):
    with source.lock:
        source.balance -= amount
    with target.lock:
        target.balance += amount


# %% leaves all transfers to one thread, as a bank to its clerk
CLERK = ThreadPoolExecutor(1)


def transfer(source, target, amount):
    def move():
        source.balance -= amount
        target.balance += amount

    CLERK.submit(move).result()


# %% takes locks in the order of the arguments  fails=["transfer_deadlock", "transfer_itself"]
def transfer(source, target, amount):
    with source.lock, target.lock:
        source.balance -= amount
        target.balance += amount


# %% takes locks in the order of the arguments, but knows of itself  fails=["transfer_deadlock"]
def transfer(source, target, amount):
    if source is target:
        return
    with source.lock:
        with target.lock:
            source.balance -= amount
            target.balance += amount


# %% tries again after every error, for ever  fails=["transfer_deadlock"]
def transfer(source, target, amount):
    while source is not target:
        try:
            with source.lock, target.lock:
                source.balance -= amount
                target.balance += amount
            return
        except RuntimeError:
            pass


# %% orders by the balance, which changes  fails=["transfer_deadlock"]
def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: -account.balance)
    if first.balance == second.balance:
        first, second = source, target
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


# %% takes no lock  fails=["transfer_totals"]
def transfer(source, target, amount):
    source.balance -= amount
    target.balance += amount


# %% locks the source alone  fails=["transfer_totals"]
def transfer(source, target, amount):
    with source.lock:
        source.balance -= amount
        target.balance += amount


# %% locks the target alone  fails=["transfer_totals"]
def transfer(source, target, amount):
    with target.lock:
        source.balance -= amount
        target.balance += amount


# %% lets go before it writes  fails=["transfer_totals"]
def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        left, gained = source.balance - amount, target.balance + amount
    source.balance = left
    target.balance = gained


# %% makes its lock anew for each call  fails=["transfer_totals"]
def transfer(source, target, amount):
    lock = threading.Lock()
    with lock:
        source.balance -= amount
        target.balance += amount


# %% has a lock for each pair of accounts  fails=["transfer_totals"]
from collections import defaultdict

PAIRS = defaultdict(threading.Lock)


def transfer(source, target, amount):
    if source is target:
        return
    with PAIRS[frozenset((source.number, target.number))]:
        source.balance -= amount
        target.balance += amount


# %% refuses where there is not enough money  fails=["transfer_totals"]
def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance >= amount:
            source.balance -= amount
            target.balance += amount


# %% locks itself out  fails=["transfer_itself"]
def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


# %% reads both before it writes, and makes money of a transfer to itself  fails=["transfer_itself"]
BANK = threading.Lock()


def transfer(source, target, amount):
    with BANK:
        left, gained = source.balance - amount, target.balance + amount
        source.balance, target.balance = left, gained


# %% refuses a transfer to the same account  fails=["transfer_itself"]
def transfer(source, target, amount):
    if source is target:
        raise ValueError("the same account")
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


# %% spins until it gets both locks  fails=["transfer_idle"]
def transfer(source, target, amount):
    if source is target:
        return
    while True:
        if source.lock.acquire(blocking=False):
            if target.lock.acquire(blocking=False):
                break
            source.lock.release()
    source.balance -= amount
    target.balance += amount
    target.lock.release()
    source.lock.release()


# %% looks at the locks all the time until they are free  fails=["transfer_idle"]
def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.number)
    while first.lock.locked():
        pass
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


# %% gives up when it does not get the locks at once  fails=["transfer_totals", "transfer_deadlock"]
def transfer(source, target, amount):
    if source is target:
        return
    if source.lock.acquire(blocking=False):
        if target.lock.acquire(blocking=False):
            source.balance -= amount
            target.balance += amount
            target.lock.release()
        source.lock.release()
