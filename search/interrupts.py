"""Long work that ends in order when it is asked to end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKED_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside, the first signal to end raises `KeyboardInterrupt`, and only the first:
    a second one must not break into what is being put in order. What whoever started
    us has us ignore (`nohup`, `&`) stays ignored.
    """
    before = {number: signal.getsignal(number) for number in ASKED_TO_END}
    heard = [n for n, handler in before.items() if handler is not signal.SIG_IGN]

    def interrupt(number: int, frame: FrameType | None) -> None:
        for other in heard:
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])
