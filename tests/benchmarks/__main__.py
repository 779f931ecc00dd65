"""Everything that is measured, one after the other: `make bench`, or the parts that take seconds: `make bench-quick`."""

import subprocess
import sys

QUICK = (("understanding", "--quick"), ("knowledge", "--quick"))
WHOLE = (
    ("understanding",),
    ("knowledge",),
    ("sealing",),
    ("privacy",),
    ("doors",),
    ("people", "--people", "20000"),
    ("intake",),
    ("jobs",),
    ("turn",),
    ("growth",),
    ("desk",),
)


def main(parts: tuple[tuple[str, ...], ...]) -> int:
    """Run each part as a process of its own; 1 when one of them misses its goal."""
    missed = []
    for name, *more in parts:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *more], check=False).returncode:
            missed.append(name)
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal was met.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(QUICK if "--quick" in sys.argv[1:] else WHOLE))
