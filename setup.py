"""The compiled half of the reader, which pyproject.toml can't describe; without a compiler, all else is installed.

One build serves every Python from 3.11 on (the stable ABI). It accepts nothing that the reader in Python refuses.
"""

import sysconfig
from pathlib import Path

from setuptools import Extension, setup

PLAIN = Path("src/tallysheet/reader/plain")
# A Python without the global lock has no stable ABI: there the module is not built, and the wheel is for that one only.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")

setup(
    ext_modules=[
        Extension(
            "tallysheet.reader._plain",
            sources=sorted(path.as_posix() for path in PLAIN.glob("*.c")),
            depends=sorted(path.as_posix() for path in PLAIN.glob("*.h")),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            py_limited_api=True,
            optional=True,
        )
    ]
    if STABLE
    else [],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
)
