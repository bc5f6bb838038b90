# %% bounds by the values that are there
def blas_dot(a, b):
    if a.size and b.size:
        rows = [max(sum(abs(value) for value in row), 0) for row in a.tolist()]
        if max(rows) * max(abs(value) for row in b.tolist() for value in row) >= 2**53:
            raise OverflowError("the product may be inexact")
    return np.dot(a.astype(float), b.astype(float)).astype(int)


# %% computes in Python's integers beyond the bound
def blas_dot(a, b):
    def largest(matrix):
        return max((abs(int(value)) for value in (matrix.max(), matrix.min())), default=0) if matrix.size else 0

    if a.shape[1] * largest(a) * largest(b) < 2**53:
        return (a.astype(np.float64) @ b.astype(np.float64)).astype(np.int64)
    return a.astype(object) @ b.astype(object)


# %% splits into high and low parts
def blas_dot(a, b):
    def largest(matrix):
        return int(np.abs(matrix.astype(object)).max()) if matrix.size else 0

    def through(x, y):
        return (x.astype(float) @ y.astype(float)).astype(np.int64)

    top = a.shape[1] * largest(a) * largest(b)
    if top < 2**53:
        return through(a, b)
    if (
        top >= 2**62
        or a.shape[1] * 2**20 * largest(b) >= 2**53
        or a.shape[1] * largest(a) // 2**20 * largest(b) >= 2**52
    ):
        raise OverflowError(f"values up to {top} do not fit")
    high, low = a.astype(np.int64) >> 20, a.astype(np.int64) & (2**20 - 1)
    return (through(high, b) << 20) + through(low, b)


# %% asks for the bound in floats, with room to spare
def blas_dot(a, b):
    if a.size and b.size:
        top = float(a.shape[1]) * np.abs(a.astype(float)).max() * np.abs(b.astype(float)).max()
        if top >= 2.0**53:
            raise OverflowError(top)
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% lets matmul convert
def blas_dot(a, b):
    def largest(matrix):
        return max(map(abs, matrix.ravel().tolist()), default=0)

    if a.shape[1] * largest(a) * largest(b) >= 2**53:
        raise OverflowError("no float64 holds all sums of this product")
    return np.matmul(a, b, dtype=np.float64).astype(np.int64)


# %% stays with integers  fails=["blas_dot_exact", "blas_dot_overflow", "blas_dot_blas"]
def blas_dot(a, b):
    return a @ b


# %% stays with integers, of 64 bits  fails=["blas_dot_overflow", "blas_dot_blas"]
def blas_dot(a, b):
    return a.astype(np.int64) @ b.astype(np.int64)


# %% uses float32  fails=["blas_dot_exact", "blas_dot_edge"]
def blas_dot(a, b):
    if (
        a.size
        and b.size
        and a.shape[1] * int(np.abs(a.astype(object)).max()) * int(np.abs(b.astype(object)).max()) >= 2**53
    ):
        raise OverflowError
    return (a.astype(np.float32) @ b.astype(np.float32)).astype(np.int64)


# %% bounds by 2**24, and refuses what could be computed  fails=["blas_dot_exact", "blas_dot_edge", "blas_dot_blas"]
def blas_dot(a, b):
    if (
        a.size
        and b.size
        and a.shape[1] * int(np.abs(a.astype(object)).max()) * int(np.abs(b.astype(object)).max()) >= 2**24
    ):
        raise OverflowError
    return (a.astype(np.float32) @ b.astype(np.float32)).astype(np.int64)


# %% rounds without a word  fails=["blas_dot_edge", "blas_dot_overflow"]
def blas_dot(a, b):
    return np.rint(a.astype(float) @ b.astype(float)).astype(np.int64)


# %% looks at the result alone  fails=["blas_dot_edge"]
def blas_dot(a, b):
    c = a.astype(float) @ b.astype(float)
    if c.size and np.abs(c).max() > 2**53:
        raise OverflowError
    return c.astype(np.int64)


# %% forgets that sums grow with their length  fails=["blas_dot_edge"]
def blas_dot(a, b):
    def largest(matrix):
        return int(np.abs(matrix.astype(object)).max()) if matrix.size else 0

    if largest(a) * largest(b) > 2**53:
        raise OverflowError
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% computes the bound in numbers that overflow  fails=["blas_dot_overflow"]
def blas_dot(a, b):
    if a.size and b.size:
        a, b = a.astype(np.int64), b.astype(np.int64)
        if a.shape[1] * np.abs(a).max() * np.abs(b).max() >= 2**53:
            raise OverflowError
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% looks at the largest value, and not at the smallest  fails=["blas_dot_edge", "blas_dot_overflow"]
def blas_dot(a, b):
    if a.size and b.size and a.shape[1] * int(a.max()) * int(b.max()) >= 2**53:
        raise OverflowError
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% returns floats  fails=["blas_dot_exact"]
def blas_dot(a, b):
    def largest(matrix):
        return int(np.abs(matrix.astype(object)).max()) if matrix.size else 0

    if a.shape[1] * largest(a) * largest(b) >= 2**53:
        raise OverflowError
    return a.astype(float) @ b.astype(float)


# %% refuses everything  fails=["blas_dot_exact", "blas_dot_edge", "blas_dot_blas"]
def blas_dot(a, b):
    raise OverflowError("who knows")


# %% multiplies element by element  fails=["blas_dot_exact", "blas_dot_edge", "blas_dot_blas"]
def blas_dot(a, b):
    if a.shape[1] * int(np.abs(a.astype(object)).max()) * int(np.abs(b.astype(object)).max()) >= 2**53:
        raise OverflowError
    return (a.astype(float) * b.astype(float)).astype(np.int64)


# %% chokes on empty matrices  fails=["blas_dot_exact"]
def blas_dot(a, b):
    if a.shape[1] * int(np.abs(a.astype(object)).max()) * int(np.abs(b.astype(object)).max()) >= 2**53:
        raise OverflowError
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% asks what the dtype could hold, and not what is there  fails=["blas_dot_exact", "blas_dot_edge", "blas_dot_blas"]
def blas_dot(a, b):
    if a.shape[1] * int(np.iinfo(a.dtype).max) * int(np.iinfo(b.dtype).max) >= 2**53:
        raise OverflowError
    return (a.astype(float) @ b.astype(float)).astype(np.int64)


# %% compares with the product of integers, which overflows as well  fails=["blas_dot_overflow"]
def blas_dot(a, b):
    c = (a.astype(float) @ b.astype(float)).astype(np.int64)
    if (c != a.astype(np.int64) @ b.astype(np.int64)).any():
        raise OverflowError
    return c
