"""What is compiled, which pyproject.toml can't describe; without a compiler, all else is installed.

One build serves every Python from 3.11 on (the stable ABI). It accepts nothing that Python would refuse.
"""

import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup

SOURCES = {
    "tallysheet.reader._plain": Path("src/tallysheet/reader/plain"),
    "tallysheet._plainly": Path("src/tallysheet/plainly"),
}
# A Python without the global lock has no stable ABI: there nothing is built, and the wheel is for that one only.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")
# No name of ours is meant for others, nor theirs for us: a function called `accept` would be the C library's.
HIDDEN = [] if sys.platform == "win32" else ["-fvisibility=hidden"]

setup(
    ext_modules=[
        Extension(
            name,
            sources=sorted(path.as_posix() for path in folder.glob("*.c")),
            depends=sorted(path.as_posix() for path in folder.glob("*.h")),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_compile_args=HIDDEN,
            py_limited_api=True,
            optional=True,
        )
        for name, folder in SOURCES.items()
    ]
    if STABLE
    else [],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
)
