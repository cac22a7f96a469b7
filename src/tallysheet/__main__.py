"""Starts the command: `tallysheet` and `python -m tallysheet` both come here."""

import atexit
import gc
import os
import sys

RARELY = (50_000, 20, 100)
"""Objects made before cycles among them are sought: what is read and imported makes many objects, and no cycle."""


def run() -> int:
    """Run the command and return its exit code; a reader of our output that goes away is no success."""
    # `python -m` puts the work tree first on the path: a module lying there must not stand in for an installed one.
    if __name__ == "__main__" and sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - nothing imported yet
        del sys.path[0]
    gc.set_threshold(*RARELY)
    from tallysheet.command import main

    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
        if sys.argv[1:2] == ["check"]:  # a library such as DuckDB complains of what is not taken apart at the end
            leave_soon(code)
    except OSError as error:
        # Whoever reads our output went away, or its disk is full. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"tallysheet: the report can't be written: {error.strerror}\n")
        return 3
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130
    return code


def leave_soon(code: int) -> None:
    """End the process where nobody has anything to do at its end, else see that its end takes little time.

    Python takes apart every module before it leaves, which takes milliseconds and leaves nothing else behind. What may
    be waiting is another thread, a process of ours, or a folder to remove.
    """
    waiting = getattr(atexit, "_ncallbacks", None)  # Python's own: nothing else can say so, and nothing promises it
    if "threading" not in sys.modules and waiting is not None and not waiting():
        sys.stderr.flush()
        os._exit(code)
    gc.freeze()  # nothing is sought any more in what ends with the process


if __name__ == "__main__":
    sys.exit(run())
