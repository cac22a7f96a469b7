"""The compiled half of the reader, which pyproject.toml can't describe; without a compiler, all else is installed.

One build serves every Python from 3.11 on (the stable ABI). It accepts nothing that the reader in Python refuses.
"""

from pathlib import Path

from setuptools import Extension, setup

PLAIN = Path("src/tallysheet/reader/plain")

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
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
