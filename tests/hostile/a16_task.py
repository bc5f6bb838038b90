"""Lets a task of the event loop change a value after its cell has ended; no state of it is right as a whole."""

# %% pair
import asyncio
import itertools

pair = (1, 0)


async def flip():
    global pair
    for pair in itertools.cycle([(0, 2), (1, 0)]):
        await asyncio.sleep(0)


asyncio.get_event_loop().create_task(flip())
