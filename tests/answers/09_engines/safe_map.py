# %% a wrapper that returns the error
def safe_map(view, f, xs):
    def tried(x):
        try:
            return True, f(x)
        except Exception as error:
            return False, f"{type(error).__name__}: {error}"

    found = view.map_sync(tried, xs)
    results = [value if good else None for good, value in found]
    return results, {i: value for i, (good, value) in enumerate(found) if not good}


# %% one task for each item, asked one by one
from itertools import cycle

import ipyparallel as ipp


def safe_map(view, f, xs):
    tasks = [view.client[engine].apply_async(f, x) for x, engine in zip(xs, cycle(view.targets))]
    results, errors = [], {}
    for i, task in enumerate(tasks):
        try:
            results.append(task.get())
        except ipp.RemoteError as error:
            results.append(None)
            errors[i] = f"{error.ename}: {error.evalue}"
    return results, errors


# %% balanced, asked one by one
import ipyparallel as ipp


def safe_map(view, f, xs):
    balanced = view.client.load_balanced_view(view.targets)
    tasks = [balanced.apply_async(f, x) for x in xs]
    results, errors = [None] * len(xs), {}
    for i, task in enumerate(tasks):
        try:
            results[i] = task.get()
        except ipp.RemoteError as error:
            errors[i] = f"{error.ename}: {error.evalue}"
    return results, errors


# %% asks each promise for its error
def safe_map(view, f, xs):
    balanced = view.client.load_balanced_view(view.targets)
    promises = [balanced.apply_async(f, x) for x in xs]
    raised = {i: error for i, promise in enumerate(promises) if (error := promise.exception()) is not None}
    results = [None if i in raised else promise.result() for i, promise in enumerate(promises)]
    return results, {i: f"{error.ename}: {error.evalue}" for i, error in raised.items()}


# %% takes errors for results, and sorts them out
import ipyparallel as ipp


def safe_map(view, f, xs):
    balanced = view.client.load_balanced_view(view.targets)
    promises = [balanced.apply_async(f, x) for x in xs]
    found = [promise.get(return_exceptions=True) for promise in promises]
    errors = {i: f"{e.ename}: {e.evalue}" for i, e in enumerate(found) if isinstance(e, ipp.RemoteError)}
    return [None if i in errors else value for i, value in enumerate(found)], errors


# %% lets the first error end it all  fails=["safe_map_results", "safe_map_errors", "safe_map_ends", "safe_map_away"]
def safe_map(view, f, xs):
    return view.map_sync(f, xs), {}


# %% catches the CompositeError, and knows nothing more  fails=["safe_map_results", "safe_map_errors", "safe_map_ends"]
import ipyparallel as ipp


def safe_map(view, f, xs):
    try:
        return view.map_sync(f, xs), {}
    except ipp.error.RemoteError as error:
        return [None] * len(xs), {0: f"{error.ename}: {error.evalue}"}


# %% counts the failures, and not the items  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    texts = [text for _, text in pairs if text]
    return [value for value, _ in pairs], dict(enumerate(texts))


# %% counts from 1  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    return [value for value, _ in pairs], {i: text for i, (_, text) in enumerate(pairs, 1) if text}


# %% by the item, and not by its index  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    return [value for value, _ in pairs], {x: text for x, (_, text) in zip(xs, pairs) if text}


# %% the text of the first error for all  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    first = next((text for _, text in pairs if text), "")
    return [value for value, _ in pairs], {i: first for i, (_, text) in enumerate(pairs) if text}


# %% the text without the name of the error  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return True, f(x)
        except Exception as error:
            return False, str(error)

    found = view.map_sync(tried, xs)
    return [v if good else None for good, v in found], {i: v for i, (good, v) in enumerate(found) if not good}


# %% the error as Python shows it  fails=["safe_map_errors"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, repr(error)

    pairs = view.map_sync(tried, xs)
    return [value for value, _ in pairs], {i: text for i, (_, text) in enumerate(pairs) if text}


# %% tries again for ever  fails=["safe_map_results", "safe_map_errors", "safe_map_ends"]
import ipyparallel as ipp


def safe_map(view, f, xs):
    results = [None] * len(xs)
    left = dict(enumerate(xs))
    while left:
        tasks = {i: view.client[view.targets[i % len(view)]].apply_async(f, x) for i, x in left.items()}
        for i, task in tasks.items():
            try:
                results[i] = task.get()
                del left[i]
            except ipp.RemoteError:
                pass
    return results, {}


# %% tries three times  fails=["safe_map_ends"]
def safe_map(view, f, xs):
    def tried(x):
        for _ in range(3):
            try:
                return f(x), ""
            except Exception as error:
                text = f"{type(error).__name__}: {error}"
        return None, text

    pairs = view.map_sync(tried, xs)
    return [value for value, _ in pairs], {i: text for i, (_, text) in enumerate(pairs) if text}


# %% leaves out the items that failed  fails=["safe_map_results"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    return [value for value, text in pairs if not text], {i: text for i, (_, text) in enumerate(pairs) if text}


# %% takes a false result for an error  fails=["safe_map_results"]
def safe_map(view, f, xs):
    def tried(x):
        try:
            return f(x), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    pairs = view.map_sync(tried, xs)
    return [value or None for value, _ in pairs], {i: text for i, (_, text) in enumerate(pairs) if text}


# %% stops at the first error  fails=["safe_map_results", "safe_map_errors", "safe_map_ends"]
import ipyparallel as ipp


def safe_map(view, f, xs):
    results, errors = [None] * len(xs), {}
    for i, x in enumerate(xs):
        try:
            results[i] = view.client[view.targets[i % len(view)]].apply_sync(f, x)
        except ipp.RemoteError as error:
            errors[i] = f"{error.ename}: {error.evalue}"
            break
    return results, errors


# %% computes here  fails=["safe_map_away"]
def safe_map(view, f, xs):
    results, errors = [], {}
    for i, x in enumerate(xs):
        try:
            results.append(f(x))
        except Exception as error:
            results.append(None)
            errors[i] = f"{type(error).__name__}: {error}"
    return results, errors
