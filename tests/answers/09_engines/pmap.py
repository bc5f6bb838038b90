# %% map_sync
def pmap(view, f, xs):
    return view.map_sync(f, xs)


# %% asynchronous, and then read
def pmap(view, f, xs):
    return list(view.map_async(f, list(xs)))


# %% a view that waits
def pmap(view, f, xs):
    view.block = True
    return list(view.map(f, xs))


# %% balanced
def pmap(view, f, xs):
    balanced = view.client.load_balanced_view(view.targets)
    return list(balanced.map_sync(f, list(xs)))


# %% round and round without waiting
from itertools import cycle


def pmap(view, f, xs):
    promises = [view.client[engine].apply_async(f, x) for x, engine in zip(xs, cycle(view.targets))]
    return [promise.get() for promise in promises]


# %% scatters the items and gathers the results
def pmap(view, f, xs):
    xs = list(xs)
    pieces = [xs[place :: len(view)] for place in range(len(view))]
    promises = [
        view.client[engine].apply_async(lambda f, items: [f(x) for x in items], f, piece)
        for engine, piece in zip(view.targets, pieces)
    ]
    results = [None] * len(xs)
    for place, promise in enumerate(promises):
        results[place :: len(view)] = promise.get()
    return results


# %% the executor of a balanced view
def pmap(view, f, xs):
    with view.client.load_balanced_view(view.targets).executor as executor:
        return list(executor.map(f, xs))


# %% the map of a function that is divided
def pmap(view, f, xs):
    return list(view.parallel(block=True)(lambda x, f=f: f(x)).map(xs))


# %% the built-in map  fails=["pmap_parallel", "pmap_away"]
def pmap(view, f, xs):
    return list(map(f, xs))


# %% the built-in map, which nobody reads  fails=["pmap_values", "pmap_parallel", "pmap_away"]
def pmap(view, f, xs):
    return map(f, xs)


# %% threads in the client  fails=["pmap_away"]
from concurrent.futures import ThreadPoolExecutor


def pmap(view, f, xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(f, xs))


# %% one engine only  fails=["pmap_parallel"]
def pmap(view, f, xs):
    return list(view.client[view.targets[:1]].map_sync(f, list(xs)))


# %% waits for each item in a loop  fails=["pmap_parallel"]
from itertools import cycle


def pmap(view, f, xs):
    return [view.client[engine].apply_sync(f, x) for x, engine in zip(xs, cycle(view.targets))]


# %% returns an AsyncMapResult  fails=["pmap_values"]
def pmap(view, f, xs):
    return view.map_async(f, list(xs))


# %% balanced, in one chunk  fails=["pmap_parallel"]
def pmap(view, f, xs):
    xs = list(xs)
    balanced = view.client.load_balanced_view(view.targets)
    return list(balanced.map_sync(f, xs, chunksize=max(len(xs), 1)))


# %% apply, and every engine computes everything  fails=["pmap_parallel"]
def pmap(view, f, xs):
    return view.apply_sync(lambda f, items: [f(x) for x in items], f, list(xs))[0]


# %% in the order in which they are finished  fails=["pmap_values"]
def pmap(view, f, xs):
    xs = list(xs)
    pieces = [xs[place :: len(view)] for place in range(len(view))]
    promises = [
        view.client[engine].apply_async(lambda f, items: [f(x) for x in items], f, piece)
        for engine, piece in zip(view.targets, pieces)
    ]
    return [y for promise in promises for y in promise.get()]


# %% every engine of the client, whatever the view holds  fails=["pmap_away"]
def pmap(view, f, xs):
    return list(view.client[:].map_sync(f, list(xs)))


# %% counts the items of a list, and nothing else has a length  fails=["pmap_values"]
def pmap(view, f, xs):
    return view.map_sync(f, [xs[place] for place in range(len(xs))])


# %% takes results as they come  fails=["pmap_values"]
def pmap(view, f, xs):
    balanced = view.client.load_balanced_view(view.targets)
    return list(balanced.map_async(f, list(xs), ordered=False))


# %% loses repeated items  fails=["pmap_values"]
def pmap(view, f, xs):
    items = list(dict.fromkeys(xs))
    return view.map_sync(f, items)


# %% computes the first item here, to see whether it works  fails=["pmap_parallel", "pmap_away"]
def pmap(view, f, xs):
    xs = list(xs)
    if not xs:
        return []
    return [f(xs[0]), *view.map_sync(f, xs[1:])]
