"""The mutation score of the domain: of the small faults that mutmut plants in its rules, the share that the tests notice.

To try them all takes hours, so a sample is drawn: the faults whose names come first when each is hashed with a seed. Everybody who has the
same code draws the same. A fault that changes nothing anybody could see is explained in `mutants.toml` and does not count.
`python -m tests.mutants [SAMPLE]`, or `make faults`. The score below which it fails is the project's goal.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
PLANTED = ROOT / "mutants" / "fund" / "domain"
EXPLAINED = ROOT / "tests" / "mutants.toml"
SEED, SAMPLE, GOAL = "2031", 400, 90
FIRST = "fund.domain.streams.x_initial__mutmut_*"
"""To try any few of them plants all, and learns which tests reach what."""
NOTICED = frozenset((1, 2, 3, 4, 24, 36, 37, 152, -9, -11, -24, 255))
"""Exit codes of a run whose tests failed, never ended, or ended the process."""


class Explained(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fault that no test can notice: where, the line as it reads with it, and why that is the same."""

    function: str
    line: str
    why: str


def drawn(names: Iterable[str], count: int) -> list[str]:
    return sorted(names, key=lambda name: hashlib.sha256(f"{SEED}/{name}".encode()).digest())[:count]


def planted() -> dict[str, int | None]:
    """Name of each fault -> how the tests ended with it, if they were run."""
    found: dict[str, int | None] = {}
    for path in sorted(PLANTED.rglob("*.meta")):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def mutmut(*arguments: str, silent: bool = True) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=ROOT, stdout=subprocess.PIPE if silent else None, text=True, check=False
    )
    if done.returncode:
        told = [line for line in (done.stdout or "").splitlines() if " Running " not in line and " Generating " not in line]
        raise SystemExit("\n".join([f"mutmut ended with {done.returncode}:", *told[-40:]]))
    return done.stdout or ""


def line_of(name: str) -> str:
    """The first line as it reads with the fault."""
    added = [line[1:].strip() for line in mutmut("show", name).splitlines() if line.startswith("+") and not line.startswith("+++")]
    return added[0] if added else ""


def function_of(name: str) -> str:
    """`fund.domain.money.x_parse__mutmut_3` -> `fund.domain.money.parse`; of a class `…xǁMoneyǁtext__mutmut_3` -> `….Money.text`."""
    module, _, rest = name.partition("__mutmut_")[0].rpartition(".")
    return f"{module}.{rest.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def main(count: int) -> int:
    mutmut("run", FIRST)
    sample = drawn(planted(), count)
    mutmut("run", *sample)
    ended = planted()
    known = [msgspec.convert(one, Explained) for one in tomllib.loads(EXPLAINED.read_text("utf-8")).get("explained", [])]
    same = {(one.function, one.line) for one in known}
    survived = [(name, line_of(name)) for name in sample if ended[name] not in NOTICED]
    unexplained = [(name, line) for name, line in survived if (function_of(name), line) not in same]
    counted = len(sample) - (len(survived) - len(unexplained))
    score = 100 * (counted - len(unexplained)) / counted
    for name, line in unexplained:
        print(f"survived  {function_of(name)}: {line}")
    print(f"{len(ended)} faults planted, {len(sample)} tried, {counted} count, {len(unexplained)} survived: {score:.1f} % (goal {GOAL} %)")
    return 0 if score >= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE))
