# %% uses an RLock and a pool
def count_up(counter, threads, times):
    lock = threading.RLock()

    def add(_):
        for _ in range(times):
            with lock:
                counter.value += 1

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(add, range(threads)))


# %% lets one thread write what the others put into a queue
import queue


def count_up(counter, threads, times):
    steps = queue.Queue()

    def add():
        for _ in range(times):
            steps.put(1)

    def write():
        for _ in range(threads * times):
            counter.value += steps.get()

    workers = [threading.Thread(target=add) for _ in range(threads)] + [threading.Thread(target=write)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% adds up in each thread, and the sums under a lock
def count_up(counter, threads, times):
    lock = threading.Lock()

    def add():
        own = 0
        for _ in range(times):
            own += 1
        with lock:
            counter.value += own

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% adds the sums of the threads at the end, alone
def count_up(counter, threads, times):
    sums = [0] * threads

    def add(place):
        for _ in range(times):
            sums[place] += 1

    workers = [threading.Thread(target=add, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    counter.value += sum(sums)


# %% lets each thread wait for the one before it
def count_up(counter, threads, times):
    def add(before):
        own = sum(1 for _ in range(times))
        if before is not None:
            before.join()
        counter.value += own

    last, workers = None, []
    for _ in range(threads):
        last = threading.Thread(target=add, args=(last,))
        last.start()
        workers.append(last)
    for worker in workers:
        worker.join()


# %% uses a semaphore for one
def count_up(counter, threads, times):
    one = threading.Semaphore()

    def add():
        for _ in range(times):
            one.acquire()
            try:
                counter.value = counter.value + 1
            finally:
                one.release()

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% uses no lock  fails=["count_up_total"]
def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            counter.value += 1

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% makes a new lock for each step  fails=["count_up_total"]
def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            with threading.Lock():
                counter.value += 1

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% makes a lock in each thread  fails=["count_up_total"]
def count_up(counter, threads, times):
    def add():
        lock = threading.Lock()
        for _ in range(times):
            with lock:
                counter.value += 1

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% locks the writing alone  fails=["count_up_total"]
def count_up(counter, threads, times):
    lock = threading.Lock()

    def add():
        for _ in range(times):
            new = counter.value + 1
            with lock:
                counter.value = new

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% locks the reading and the writing, but not both together  fails=["count_up_total"]
def count_up(counter, threads, times):
    lock = threading.Lock()

    def add():
        for _ in range(times):
            with lock:
                seen = counter.value
            with lock:
                counter.value = seen + 1

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% sleeps a little, and hopes  fails=["count_up_total"]
import time


def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            time.sleep(0.001)
            counter.value += 1

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% counts in each thread, and never adds the sums up  fails=["count_up_total"]
def count_up(counter, threads, times):
    own = threading.local()

    def add():
        own.value = 0
        for _ in range(times):
            own.value += 1
        counter.value = own.value

    workers = [threading.Thread(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% writes the total over what was there  fails=["count_up_total"]
def count_up(counter, threads, times):
    sums = []
    workers = [threading.Thread(target=sums.append, args=(times,)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    counter.value = sum(sums)


# %% does not wait for its threads  fails=["count_up_total"]
def count_up(counter, threads, times):
    lock = threading.Lock()

    def add():
        for _ in range(times):
            with lock:
                counter.value += 1

    for _ in range(threads):
        threading.Thread(target=add).start()


# %% counts in a plain loop  fails=["count_up_threads"]
def count_up(counter, threads, times):
    for _ in range(threads * times):
        counter.value += 1


# %% starts one thread after the other has ended  fails=["count_up_threads"]
def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            counter.value += 1

    for _ in range(threads):
        worker = threading.Thread(target=add)
        worker.start()
        worker.join()


# %% lets one thread do it all  fails=["count_up_threads"]
def count_up(counter, threads, times):
    def add():
        for _ in range(threads * times):
            counter.value += 1

    worker = threading.Thread(target=add)
    worker.start()
    worker.join()


# %% starts one thread less, and counts along in the calling one  fails=["count_up_threads"]
def count_up(counter, threads, times):
    lock = threading.Lock()

    def add():
        for _ in range(times):
            with lock:
                counter.value += 1

    workers = [threading.Thread(target=add) for _ in range(threads - 1)]
    for worker in workers:
        worker.start()
    add()
    for worker in workers:
        worker.join()


# %% counts in processes, which share no counter  fails=["count_up_total", "count_up_threads"]
import multiprocessing


def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            counter.value += 1

    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=add) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


# %% writes past the property that shows the race  fails=["count_up_total", "count_up_threads"]
def count_up(counter, threads, times):
    def add():
        for _ in range(times):
            counter.total += 1

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: add(), range(threads)))
