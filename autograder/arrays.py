"""Which numpy data are plain: scalars stay scalars, an array keeps its dtype, shape and byte order.

Of arrays of objects only those that hold plain data cross; structured and masked arrays do not.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from autograder.kinds import Decode, Encode, Kind, ValuesError, exactly

MAX_ITEMS = 5_000_000
_DATES = r"[<>][mM]8(\[\d{0,6}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
_DTYPE = re.compile(rf"\|b1|\|[iu]1|[<>][iu][248]|[<>]f[248]|[<>]c(8|16)|\|S\d{{1,6}}|[<>]U\d{{1,6}}|{_DATES}")


def pack_array(value: np.ndarray, go: Encode) -> list:
    """Dtype, shape, and the bytes in C order; of an array of objects the documents of its items."""
    if isinstance(value, np.ma.MaskedArray):
        raise ValuesError("a masked array is no plain data")
    value = np.ndarray.view(value, np.ndarray)
    if value.dtype == object:
        return ["object", list(value.shape), go.plainly(value.ravel().tolist())]
    if not _DTYPE.fullmatch(value.dtype.str):
        raise ValuesError(f"an array of {value.dtype} is no plain data")
    return [value.dtype.str, list(value.shape), go.raw(value.tobytes())]


def unpack_array(parts: list, come: Decode) -> np.ndarray:
    """The array that `pack_array` took apart."""
    dtype, shape, body = parts
    shape = tuple(exactly(size, int) for size in exactly(shape, list))
    if any(size < 0 for size in shape) or math.prod(max(size, 1) for size in shape) > MAX_ITEMS:
        raise ValuesError("an array of no possible shape")
    if exactly(dtype, str) == "object":
        items = come.plainly(body)
        array = np.empty(len(items), dtype=object)
        for place, item in enumerate(items):
            array[place] = item
        return array.reshape(shape)
    if not _DTYPE.fullmatch(dtype):
        raise ValuesError("an array of no known dtype")
    array = np.frombuffer(bytearray(come.raw(body)), dtype=dtype)
    if array.dtype.kind == "b" and array.view(np.uint8).max(initial=0) > 1:
        raise ValuesError("a truth value that is neither")
    if array.dtype.kind == "U" and array.view(f"{dtype[0]}u4").max(initial=0) > 0x10FFFF:
        raise ValuesError("a character that is none")
    return array.reshape(shape)


def _pack_scalar(value: np.generic, go: Encode) -> list:
    if value.dtype == object or value.dtype.kind == "V":
        raise ValuesError("a record is no plain data")
    return pack_array(np.asarray(value), go)


def _unpack_scalar(parts: list, come: Decode) -> Any:
    if parts[0] == "object" or parts[1]:
        raise ValuesError("a scalar with a shape")
    return unpack_array(parts, come)[()]


KINDS = (
    Kind("scalar", np.generic, _pack_scalar, _unpack_scalar),
    Kind("array", np.ndarray, pack_array, unpack_array),
)
