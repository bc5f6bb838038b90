"""Lets an alarm change a value for ever after its cell has ended; no state of it is right as a whole."""

# %% pair
import itertools
import signal

pair = (1, 0)
states = itertools.cycle([(0, 2), (1, 0)])


def flip(number, frame):
    global pair
    pair = next(states)


signal.signal(signal.SIGALRM, flip)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
