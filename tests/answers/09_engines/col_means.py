# %% scatter, and a function that knows the name
import numpy as np


def col_means(view, M):
    view.scatter("piece", M, block=True)
    sums = view.apply_sync(lambda: piece.sum(axis=0))
    return list(np.sum(sums, axis=0) / len(M))


# %% sums and numbers of rows
def col_means(view, M):
    view.scatter("piece", M, block=True)
    pairs = view.apply_sync(lambda: (piece.sum(axis=0), len(piece)))
    rows = sum(n for _, n in pairs)
    return [float(x) / rows for x in sum(total for total, _ in pairs)]


# %% map over slices
def col_means(view, M):
    size = -(-len(M) // len(view))
    slices = [M[start : start + size] for start in range(0, len(M), size)]
    return [float(x) / len(M) for x in sum(view.map_sync(lambda part: part.sum(axis=0), slices))]


# %% array_split, and a task for each piece
import numpy as np


def col_means(view, M):
    pieces = np.array_split(M, len(view))
    promises = [view.client[e].apply_async(np.sum, piece, axis=0) for e, piece in zip(view.targets, pieces)]
    return (sum(promise.get() for promise in promises) / len(M)).tolist()


# %% balanced pieces
import numpy as np


def col_means(view, M):
    balanced = view.client.load_balanced_view(view.targets)
    sums = balanced.map_sync(lambda part: part.sum(axis=0), [p for p in np.array_split(M, 4) if len(p)])
    return [float(x) for x in sum(sums) / len(M)]


# %% means of pieces, weighted by their rows
import numpy as np


def col_means(view, M):
    pieces = [piece for piece in np.array_split(M, len(view)) if len(piece)]
    means = view.map_sync(lambda part: part.mean(axis=0), pieces)
    return list(np.average(means, axis=0, weights=[len(piece) for piece in pieces]))


# %% pushes the whole to every engine  fails=["col_means_local"]
def col_means(view, M):
    view.push({"whole": M}, block=True)
    return list(view.apply_sync(lambda: whole.mean(axis=0))[0])


# %% cuts over there what was sent as a whole  fails=["col_means_local"]
def col_means(view, M):
    n = len(view)
    view.push({"whole": M}, block=True)
    view.scatter("rank", list(range(n)), flatten=True, block=True)
    sums = view.apply_sync(lambda n: whole[rank::n].sum(axis=0), n)
    return [float(x) / len(M) for x in sum(sums)]


# %% computes in the client  fails=["col_means_local"]
def col_means(view, M):
    return [float(mean) for mean in M.mean(axis=0)]


# %% gathers the rows again, and computes in the client  fails=["col_means_local"]
def col_means(view, M):
    view.scatter("piece", M, block=True)
    return [float(mean) for mean in view.gather("piece", block=True).mean(axis=0)]


# %% one engine gets everything  fails=["col_means_local"]
def col_means(view, M):
    return list(view.client[view.targets[0]].apply_sync(lambda whole: whole.mean(axis=0), M))


# %% sends the whole along with each piece  fails=["col_means_local"]
import numpy as np


def col_means(view, M):
    pieces = [(piece, M) for piece in np.array_split(M, len(view))]
    sums = view.map_sync(lambda pair: pair[0].sum(axis=0) / len(pair[1]), pieces)
    return [float(x) for x in sum(sums)]


# %% mean of means  fails=["col_means_means"]
import numpy as np


def col_means(view, M):
    view.scatter("piece", M, block=True)
    return list(np.mean(view.apply_sync(lambda: piece.mean(axis=0)), axis=0))


# %% divides by the number of rows of one piece  fails=["col_means_means"]
def col_means(view, M):
    view.scatter("piece", M, block=True)
    pairs = view.apply_sync(lambda: (piece.sum(axis=0), len(piece)))
    return [float(x) / (pairs[0][1] * len(view)) for x in sum(total for total, _ in pairs)]


# %% cuts by columns, and gathers them in another order  fails=["col_means_order"]
def col_means(view, M):
    n = len(view)
    pieces = [M.T[place::n] for place in range(n)]
    means = view.map_sync(lambda part: part.mean(axis=1), pieces)
    return [float(x) for piece in means for x in piece]


# %% orders the means by size  fails=["col_means_order"]
def col_means(view, M):
    view.scatter("piece", M, block=True)
    return sorted(float(x) / len(M) for x in sum(view.apply_sync(lambda: piece.sum(axis=0))))


# %% parallel as a decorator, and the means of the pieces one behind the other  fails=["col_means_means", "col_means_order"]
def col_means(view, M):
    @view.parallel(block=True)
    def mean(part):
        return part.mean(axis=0)

    return list(mean(M))


# %% means of the rows  fails=["col_means_means", "col_means_order"]
def col_means(view, M):
    view.scatter("piece", M, block=True)
    return [float(x) for piece in view.apply_sync(lambda: piece.mean(axis=1)) for x in piece]


# %% returns an array  fails=["col_means_means", "col_means_order"]
def col_means(view, M):
    view.scatter("piece", M, block=True)
    return sum(view.apply_sync(lambda: piece.sum(axis=0))) / len(M)


# %% uses np over there without having brought it  fails=["col_means_means", "col_means_order", "col_means_local"]
import numpy as np


def col_means(view, M):
    view.scatter("piece", M, block=True)
    sums = view.apply_sync(lambda: np.sum(piece, axis=0))
    return list(sum(sums) / len(M))
