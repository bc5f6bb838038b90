"""Which pandas data are plain: frames, series, indexes and scalars, each column with its dtype.

numpy's dtypes, `str` and `string`, `category`, the nullable ones, dates with a time zone, periods and intervals cross;
sparse columns and those of other libraries do not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from autograder.arrays import MAX_ITEMS, pack_array, unpack_array
from autograder.kinds import Decode, Encode, Kind, ValuesError, exactly, pack_zone, small, unpack_zone

MAX_COLUMNS = 2_000
_NULLABLE = {
    "BooleanDtype": pd.arrays.BooleanArray,
    "Float32Dtype": pd.arrays.FloatingArray,
    "Float64Dtype": pd.arrays.FloatingArray,
    **{f"{sign}Int{size}Dtype": pd.arrays.IntegerArray for sign in ("", "U") for size in (8, 16, 32, 64)},
}


def _is_a(value: Any, kind: type) -> Any:
    """`value`, which is of `kind`, or of one of pandas' own classes of that kind. ValuesError otherwise."""
    if not isinstance(value, kind):
        raise ValuesError(f"a {type(value).__name__} stands where {kind.__name__} is meant")
    return value


def _column(values: Any, go: Encode) -> list:
    """A one-dimensional array of pandas: its family, then its parts."""
    if isinstance(values.dtype, np.dtype) or type(values) is pd.arrays.NumpyExtensionArray:
        return ["numpy", *pack_array(np.asarray(values), go)]
    match values.dtype:
        case pd.CategoricalDtype():
            return ["category", go(values.categories), go(np.asarray(values.codes)), bool(values.ordered)]
        case pd.StringDtype() as dtype:
            texts = [None if missing else text for text, missing in zip(values, values.isna(), strict=True)]
            return ["string", dtype.storage, dtype.na_value is pd.NA, go.plainly(texts)]
        case pd.DatetimeTZDtype() as dtype:
            return ["zoned", dtype.unit, pack_zone(dtype.tz, None) or 0, go(values.asi8)]
        case pd.PeriodDtype() as dtype:
            return ["period", str(dtype).removeprefix("period[").removesuffix("]"), go(values.asi8)]
        case pd.IntervalDtype():
            return ["interval", values.closed, go(pd.Index(values.left)), go(pd.Index(values.right))]
        case dtype if type(dtype).__name__ in _NULLABLE:
            return ["nullable", type(dtype).__name__, go(values._data), go(values._mask)]
        case dtype:
            raise ValuesError(f"a column of {dtype} is no plain data")


def _un_column(column: Any, come: Decode) -> Any:
    family, *parts = exactly(column, list)
    match family, parts:
        case "numpy", _:
            array = unpack_array(parts, come)
            if array.ndim != 1:
                raise ValuesError("a column has one dimension")
            return array
        case "category", [categories, codes, ordered]:
            dtype = pd.CategoricalDtype(_is_a(come(categories), pd.Index), exactly(ordered, bool))
            return pd.Categorical.from_codes(exactly(come(codes), np.ndarray), dtype=dtype)
        case "string", [storage, nullable, texts]:
            missing = pd.NA if exactly(nullable, bool) else np.nan
            items = [missing if text is None else exactly(text, str) for text in come.plainly(texts)]
            return pd.array(items, dtype=pd.StringDtype(exactly(storage, str), na_value=missing))
        case "zoned", ["s" | "ms" | "us" | "ns" as unit, tz, stamps]:
            utc = pd.DatetimeIndex(exactly(come(stamps), np.ndarray).view(f"M8[{unit}]"))
            return utc.tz_localize("UTC").tz_convert(unpack_zone(tz)).array
        case "period", [frequency, numbers]:
            return pd.PeriodIndex.from_ordinals(exactly(come(numbers), np.ndarray), freq=exactly(frequency, str)).array
        case "interval", [closed, left, right]:
            ends = _is_a(come(left), pd.Index), _is_a(come(right), pd.Index)
            return pd.arrays.IntervalArray.from_arrays(*ends, closed=exactly(closed, str))
        case "nullable", [name, data, mask]:
            return _NULLABLE[name](exactly(come(data), np.ndarray), exactly(come(mask), np.ndarray))
    raise ValuesError("a column of no known family")


def _index(value: pd.Index, go: Encode) -> list:
    if isinstance(value, pd.RangeIndex):
        return ["range", value.start, value.stop, value.step, go(value.name)]
    if isinstance(value, pd.MultiIndex):
        codes = [go(np.asarray(code)) for code in value.codes]
        return ["levels", [go(level) for level in value.levels], codes, go.plainly(value.names)]
    frequency = value.freqstr if isinstance(value, pd.DatetimeIndex | pd.TimedeltaIndex) else None
    return ["flat", _column(value.array, go), frequency, go(value.name)]


def _un_index(parts: list, come: Decode) -> pd.Index:
    match parts:
        case ["range", start, stop, step, name]:
            numbers = range(small(start), small(stop), small(step))
            if len(numbers) > MAX_ITEMS:
                raise ValuesError("an index of no possible length")
            return pd.RangeIndex(numbers, name=come(name))
        case ["levels", levels, codes, names]:
            levels = [_is_a(come(level), pd.Index) for level in exactly(levels, list)]
            codes = [exactly(come(code), np.ndarray) for code in exactly(codes, list)]
            return pd.MultiIndex(levels, codes, names=come.plainly(names))
        case ["flat", column, frequency, name]:
            array = _un_column(column, come)
            index = pd.Index(array, dtype=array.dtype, name=come(name))
            return index if frequency is None else type(index)(index, freq=exactly(frequency, str))
    raise ValuesError("an index of no known form")


def _series(value: pd.Series, go: Encode) -> list:
    return [_column(value.array, go), go(value.index), go(value.name)]


def _un_series(parts: list, come: Decode) -> pd.Series:
    column, index, name = parts
    array = _un_column(column, come)
    return pd.Series(array, index=_is_a(come(index), pd.Index), dtype=array.dtype, name=come(name))


def _frame(value: pd.DataFrame, go: Encode) -> list:
    if value.shape[1] > MAX_COLUMNS:
        raise ValuesError(f"a frame of more than {MAX_COLUMNS} columns is no plain data")
    columns = [_column(value.iloc[:, place].array, go) for place in range(value.shape[1])]
    return [go(value.columns), go(value.index), columns]


def _un_frame(parts: list, come: Decode) -> pd.DataFrame:
    names, index, columns = parts
    names, index = _is_a(come(names), pd.Index), _is_a(come(index), pd.Index)
    arrays = [_un_column(column, come) for column in exactly(columns, list)]
    if len(arrays) != len(names) or len(arrays) > MAX_COLUMNS:
        raise ValuesError("a frame whose names do not fit its columns")
    series = {place: pd.Series(array, index=index, dtype=array.dtype) for place, array in enumerate(arrays)}
    frame = pd.DataFrame(series, index=index)
    frame.columns = names
    return frame


def _scalar(value: Any, go: Encode) -> list:
    return _column(pd.array([value]), go)


def _un_scalar(parts: list, come: Decode) -> Any:
    (value,) = pd.Series(_un_column(parts, come))
    return _is_a(value, pd.Timestamp | pd.Timedelta | pd.Period | pd.Interval)


def _constant(tag: str, value: Any) -> Kind:
    return Kind(tag, type(value), lambda _, go: [], lambda _, come: value)


KINDS = (
    _constant("NaT", pd.NaT),
    _constant("NA", pd.NA),
    *(Kind("moment", kind, _scalar, _un_scalar) for kind in (pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval)),
    Kind("Index", pd.Index, _index, _un_index),
    Kind("Series", pd.Series, _series, _un_series),
    Kind("DataFrame", pd.DataFrame, _frame, _un_frame),
)
