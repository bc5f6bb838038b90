# %% asks whether a worker can find the function
def pool_map(f, items, workers=2):
    import importlib
    import multiprocessing
    import sys
    from concurrent.futures import ProcessPoolExecutor

    name, module = getattr(f, "__qualname__", ""), getattr(f, "__module__", None)
    if module == "__main__" and multiprocessing.get_start_method() != "fork":
        if getattr(sys.modules["__main__"], "__file__", None) is None:
            raise TypeError(f"{name} stands in a notebook, where no worker can find it")
    with ProcessPoolExecutor(max_workers=workers) as pool:
        return [future.result() for future in [pool.submit(f, item) for item in items]]


# %% sends the code of the function with cloudpickle
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    import cloudpickle

    # `eval` is found everywhere, and all that it is told stands in the text.
    calls = [f"__import__('pickle').loads({cloudpickle.dumps(partial(f, item))!r})()" for item in items]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(eval, calls))


# %% uses joblib, whose workers start anew and get the code
def pool_map(f, items, workers=2):
    from joblib import Parallel, delayed

    return Parallel(n_jobs=workers)(delayed(f)(item) for item in items)


# %% uses multiprocessing's pool, after a look at the function
def pool_map(f, items, workers=2):
    import multiprocessing
    import sys

    context = multiprocessing.get_context()
    main = sys.modules["__main__"]
    if context.get_start_method() != "fork" and f.__class__.__name__ == "function":
        if f.__module__ == "__main__" and not hasattr(main, "__file__"):
            raise ValueError(f"move {f.__name__} into a module")
    with context.Pool(workers) as pool:
        return pool.map(f, items, chunksize=1)


# %% says which function it was when the pool has broken
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(workers) as pool:
            return list(pool.map(f, items))
    except BrokenProcessPool as error:
        raise ValueError(f"the workers died: can they find {getattr(f, '__name__', f)}?") from error


# %% uses threads  fails=["pool_map_parallel"]
def pool_map(f, items, workers=2):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


# %% makes one call after the other, here  fails=["pool_map_parallel"]
def pool_map(f, items, workers=2):
    return [f(item) for item in items]


# %% waits for each result before the next call  fails=["pool_map_parallel"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with ProcessPoolExecutor(workers) as pool:
        return [pool.submit(f, item).result() for item in items]


# %% hands over everything in one chunk  fails=["pool_map_parallel"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items, chunksize=len(items) or 1))


# %% gives results in the order in which they are completed  fails=["pool_map_order"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with ProcessPoolExecutor(workers) as pool:
        return [future.result() for future in as_completed([pool.submit(f, item) for item in items])]


# %% takes results as they come  fails=["pool_map_order"]
def pool_map(f, items, workers=2):
    import multiprocessing

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with multiprocessing.Pool(workers) as pool:
        return list(pool.imap_unordered(f, items))


# %% wraps the function in a lambda  fails=["pool_map_parallel", "pool_map_order", "pool_map_one_pool", "pool_map_spawn", "pool_map_message"]
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(lambda item: f(item), items))


# %% makes a new pool for each item  fails=["pool_map_parallel", "pool_map_one_pool"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    results = []
    for item in items:
        with ProcessPoolExecutor(1) as pool:
            results.append(pool.submit(f, item).result())
    return results


# %% makes a process for each item  fails=["pool_map_one_pool"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with ProcessPoolExecutor(len(items) or 1) as pool:
        return list(pool.map(f, items))


# %% chooses fork, whatever is set  fails=["pool_map_spawn"]
def pool_map(f, items, workers=2):
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return pool.map(f, items, chunksize=1)


# %% leaves the function in a global name, which only a copy of the parent has  fails=["pool_map_spawn", "pool_map_message"]
_function = None


def _call(item):
    return _function(item)


def pool_map(f, items, workers=2):
    global _function
    from concurrent.futures import ProcessPoolExecutor

    _function = f
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_call, items))


# %% tries itself out where it is defined, without a guard  fails=["pool_map_spawn", "pool_map_message"]
def pool_map(f, items, workers=2):
    import multiprocessing
    import sys
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(sys.modules["__main__"], "__file__"):
            raise ValueError(f"no worker finds {f.__name__}")
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


print(pool_map(abs, [-1, -2]))


# %% takes an import from another cell  fails=["pool_map_spawn", "pool_map_message"]
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, np.array(items).tolist()))


# %% lets the pool break on a function of the notebook  fails=["pool_map_message"]
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


# %% hangs on a function of the notebook  fails=["pool_map_message"]
def pool_map(f, items, workers=2):
    import multiprocessing

    with multiprocessing.Pool(workers) as pool:
        return pool.map(f, items, chunksize=1)


# %% refuses without saying what  fails=["pool_map_message"]
def pool_map(f, items, workers=2):
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if f.__class__.__name__ == "function" and multiprocessing.get_start_method() != "fork":
        if f.__module__ == "__main__" and not hasattr(__import__("sys").modules["__main__"], "__file__"):
            raise ValueError("this does not work")
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


# %% refuses whatever stands in __main__, also where workers find it  fails=["pool_map_spawn", "pool_map_message"]
def pool_map(f, items, workers=2):
    from concurrent.futures import ProcessPoolExecutor

    if getattr(f, "__module__", "") == "__main__":
        raise ValueError(f"put {f.__name__} into a module")
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items))
