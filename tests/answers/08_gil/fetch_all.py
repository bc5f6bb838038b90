# %% gathers futures in the order in which they were made
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(f, item) for item in items]
    return [future.result() for future in futures]


# %% uses threads and a queue
import queue


def fetch_all(f, items, workers):
    jobs = queue.Queue()
    for place, item in enumerate(items):
        jobs.put((place, item))
    results, errors = {}, {}

    def work():
        while True:
            try:
                place, item = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                results[place] = f(item)
            except Exception as error:
                errors[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [results[place] for place in range(len(results))]


# %% goes through asyncio, in a loop of its own
import asyncio


def fetch_all(f, items, workers):
    async def gather():
        places = asyncio.Semaphore(workers)

        async def one(item):
            async with places:
                return await asyncio.to_thread(f, item)

        return await asyncio.gather(*map(one, items), return_exceptions=True)

    with ThreadPoolExecutor(1) as pool:  # in a notebook, this thread has a loop already
        results = pool.submit(asyncio.run, gather()).result()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


# %% collects as they are completed, and puts them in order
from concurrent.futures import as_completed


def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        places = {pool.submit(f, item): place for place, item in enumerate(items)}
        list(as_completed(places))
    return [future.result() for future in sorted(places, key=places.get)]


# %% uses multiprocessing's pool of threads
from multiprocessing.pool import ThreadPool


def fetch_all(f, items, workers):
    def tried(item):
        try:
            return f(item), None
        except Exception as error:
            return None, error

    with ThreadPool(workers) as pool:
        results = pool.map(tried, items, chunksize=1)
        pool.close()
        pool.join()
    for _, error in results:
        if error:
            raise error
    return [value for value, _ in results]


# %% makes a thread for each item, and lets only some of them call
def fetch_all(f, items, workers):
    places = threading.Semaphore(workers)
    results, errors = {}, {}

    def call(place, item):
        with places:
            try:
                results[place] = f(item)
            except Exception as error:
                errors[place] = error

    threads = [threading.Thread(target=call, args=pair) for pair in enumerate(items)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [results[place] for place in range(len(items))]


# %% cancels what has not begun when a call has failed
from concurrent.futures import FIRST_EXCEPTION, wait


def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(f, item) for item in items]
        _, left = wait(futures, return_when=FIRST_EXCEPTION)
        for future in left:
            future.cancel()
    return [future.result() for future in futures]


# %% makes one call after the other  fails=["fetch_all_parallel"]
def fetch_all(f, items, workers):
    return [f(item) for item in items]


# %% waits for each result before the next call  fails=["fetch_all_parallel"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [pool.submit(f, item).result() for item in items]


# %% starts a thread and waits for it, one by one  fails=["fetch_all_parallel"]
def fetch_all(f, items, workers):
    results, errors = [], []

    def call(item):
        try:
            results.append(f(item))
        except Exception as error:
            errors.append(error)

    for item in items:
        thread = threading.Thread(target=call, args=(item,))
        thread.start()
        thread.join()
    if errors:
        raise errors[0]
    return results


# %% locks every call  fails=["fetch_all_parallel"]
def fetch_all(f, items, workers):
    lock = threading.Lock()

    def call(item):
        with lock:
            return f(item)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(call, items))


# %% takes two workers, whatever is asked for  fails=["fetch_all_parallel", "fetch_all_bounded"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(f, items))


# %% makes a thread for each item  fails=["fetch_all_bounded"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(len(items) or 1) as pool:
        return list(pool.map(f, items))


# %% takes the pool's own size  fails=["fetch_all_bounded"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(f, items))


# %% gives results in the order in which they are completed  fails=["fetch_all_order", "fetch_all_error"]
from concurrent.futures import as_completed


def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(f, item) for item in items]
        return [future.result() for future in as_completed(futures)]


# %% gives results in the order in which they are completed, but raises the first error  fails=["fetch_all_order"]
def fetch_all(f, items, workers):
    results = []
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(lambda item: results.append(f(item)), item) for item in items]
    for future in futures:
        future.result()
    return results


# %% takes results as they come  fails=["fetch_all_order", "fetch_all_error"]
from multiprocessing.pool import ThreadPool


def fetch_all(f, items, workers):
    pool = ThreadPool(workers)
    try:
        return list(pool.imap_unordered(f, items))
    finally:
        pool.close()
        pool.join()


# %% keeps results by item, and not by its place  fails=["fetch_all_order"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {item: pool.submit(f, item) for item in items}
    return [futures[item].result() for item in items]


# %% swallows errors  fails=["fetch_all_error"]
def fetch_all(f, items, workers):
    def tried(item):
        try:
            return f(item)
        except Exception:
            return None

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(tried, items))


# %% returns errors in the place of results  fails=["fetch_all_error"]
def fetch_all(f, items, workers):
    def tried(item):
        try:
            return f(item)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(tried, items))


# %% raises the error that came first in time  fails=["fetch_all_error"]
def fetch_all(f, items, workers):
    errors = []

    def tried(item):
        try:
            return f(item)
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(tried, items))
    if errors:
        raise errors[0]
    return results


# %% raises before the calls have ended  fails=["fetch_all_error", "fetch_all_tidy"]
def fetch_all(f, items, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        results = list(pool.map(f, items))
    except Exception:
        pool.shutdown(wait=False)
        raise
    pool.shutdown()
    return results


# %% leaves its pool open  fails=["fetch_all_tidy", "fetch_all_error"]
def fetch_all(f, items, workers):
    pool = ThreadPoolExecutor(workers)
    return list(pool.map(f, items))


# %% returns what map gives, not a list  fails=["fetch_all_parallel", "fetch_all_order", "fetch_all_error", "fetch_all_bounded", "fetch_all_tidy"]
def fetch_all(f, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        return pool.map(f, items)
