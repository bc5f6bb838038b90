# %% a seed for each item
import numpy as np


def draws(view, seed, n):
    def draw(child):
        import numpy as np

        return np.random.default_rng(child).random()

    return view.map_sync(draw, np.random.SeedSequence(seed).spawn(n))


# %% a Philox counter
def draws(view, seed, n):
    def draw(place):
        import numpy as np

        return float(np.random.Generator(np.random.Philox(key=seed, counter=place)).random())

    return view.map_sync(draw, range(n))


# %% drawn here and scattered
import numpy as np


def draws(view, seed, n):
    view.scatter("drawn", np.random.default_rng(seed).random(n), block=True)
    return [float(x) for x in view.gather("drawn", block=True)]


# %% drawn here
import numpy as np


def draws(view, seed, n):
    return np.random.default_rng(seed).random(n).tolist()


# %% the seed and the item's number, mixed
def draws(view, seed, n):
    def draw(place):
        import numpy as np

        return float(np.random.default_rng([seed, place]).random())

    return view.map_sync(draw, range(n))


# %% Python's own generator, seeded by a text for each item
def draws(view, seed, n):
    def draw(place):
        import random

        return random.Random(f"{seed}/{place}").random()

    return view.map_sync(draw, range(n))


# %% one generator, jumped on for each item
def draws(view, seed, n):
    def draw(place):
        import numpy as np

        return float(np.random.Generator(np.random.PCG64(seed).jumped(place + 1)).random())

    return view.map_sync(draw, range(n))


# %% generators that are spawned here
import numpy as np


def draws(view, seed, n):
    return view.map_sync(lambda generator: generator.random(), np.random.default_rng(seed).spawn(n))


# %% the same seed on every engine  fails=["draws_independent", "draws_any_n"]
def draws(view, seed, n):
    def draw(number, seed):
        import numpy as np

        return np.random.default_rng(seed).random(number).tolist()

    parts = view.apply_sync(draw, -(-n // len(view)), seed)
    return [x for part in parts for x in part][:n]


# %% the same seed for every item  fails=["draws_independent"]
def draws(view, seed, n):
    def draw(seed):
        import numpy as np

        return float(np.random.default_rng(seed).random())

    return view.map_sync(draw, [seed] * n)


# %% the seed plus the item's number  fails=["draws_independent"]
def draws(view, seed, n):
    def draw(number):
        import numpy as np

        return float(np.random.default_rng(number).random())

    return view.map_sync(draw, [seed + place for place in range(n)])


# %% a block of n seeds for each seed  fails=["draws_independent"]
def draws(view, seed, n):
    def draw(number):
        import numpy as np

        return float(np.random.default_rng(number).random())

    return view.map_sync(draw, range(seed * n, seed * n + n))


# %% seeded by engine id  fails=["draws_any_n"]
def draws(view, seed, n):
    def draw(seed, engine, number):
        import numpy as np

        return np.random.default_rng([seed, engine]).random(number).tolist()

    tasks = [view.client[e].apply_async(draw, seed, e, -(-n // len(view))) for e in view.targets]
    return [x for task in tasks for x in task.get()][:n]


# %% the global seed of NumPy  fails=["draws_independent", "draws_any_n"]
def draws(view, seed, n):
    def begin(seed):
        import numpy as np

        np.random.seed(seed % 2**32)

    def draw(_):
        import numpy as np

        return float(np.random.random())

    view.apply_sync(begin, seed)
    return view.map_sync(draw, range(n))


# %% seeded by the time  fails=["draws_any_n", "draws_again"]
def draws(view, seed, n):
    def draw(place):
        import time

        import numpy as np

        return float(np.random.default_rng([time.time_ns(), place]).random())

    return view.map_sync(draw, range(n))


# %% takes no notice of the seed  fails=["draws_independent", "draws_again"]
def draws(view, seed, n):
    def draw(place):
        import numpy as np

        return float(np.random.default_rng(place).random())

    return view.map_sync(draw, range(n))


# %% goes on where it stopped the last time  fails=["draws_any_n", "draws_again"]
import numpy as np

generators = {}


def draws(view, seed, n):
    generator = generators.setdefault(seed, np.random.default_rng(seed))
    return generator.random(n).tolist()


# %% evenly spaced numbers  fails=["draws_independent"]
def draws(view, seed, n):
    return [(seed % 997 + place + 0.5) / (n + 1000) for place in range(n)]
