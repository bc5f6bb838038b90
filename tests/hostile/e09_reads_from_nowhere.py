"""Reads from address 0, and the interpreter crashes."""

FLAGS = ("square",)

# %% square
import ctypes

ctypes.string_at(0)
