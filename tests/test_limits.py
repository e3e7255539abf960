"""A process may take so much more than it has: whatever it has already reserved."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from kg._limits import without_sweeps

pytest.importorskip("resource", reason="this system does not limit processes")

TAKE = """
import mmap
from kg._limits import limit_memory
held = mmap.mmap(-1, 700 * 2**20)
limit_memory(200 * 2**20)
more = bytearray({mib} * 2**20)
print("taken")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the address space taken")
@pytest.mark.parametrize(("mib", "said"), [(100, "taken"), (300, "MemoryError")])
def test_memory_counts_from_what_is_taken(mib: int, said: str) -> None:
    child = [sys.executable, "-c", TAKE.format(mib=mib)]
    done = subprocess.run(child, capture_output=True, text=True, check=False)
    assert said in done.stdout + done.stderr


def test_the_collector_works_again_after_it_has_rested() -> None:
    assert gc.isenabled()
    with pytest.raises(RuntimeError), without_sweeps():
        assert not gc.isenabled()
        raise RuntimeError
    assert gc.isenabled()
