"""Folder runs over large tables, generated: wall time, and the memory of each process.

`xlsx` is a workbook of ROWS × 10, `csv` a file of MEGABYTES with the same columns, `csv of clients` one of
others. Two workers. The machine should have nothing else to do. Memory is read from /proc, so it is told
on Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(Path(__file__).parent))

from figures import write  # noqa: E402
from run import HEADER, clients_csv, patients_csv, workbook  # noqa: E402


def measured(source: Path, target: Path) -> dict[str, float]:
    """Seconds of a run, those of the processor in all processes, and the resident MB of parent and worker at most."""
    command = [sys.executable, "-m", "deid", "run", str(source), str(target), "--workers", "2"]
    started = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak: dict[int, float] = {run.pid: 0.0}
    used: dict[int, float] = {}
    while run.poll() is None:
        for process in (run.pid, *_children(run.pid)):
            if now := _memory_and_time(process):
                peak[process], used[process] = now
        time.sleep(0.2)
    if run.returncode:
        raise SystemExit(f"the run ended with code {run.returncode}")
    return {
        "seconds": time.perf_counter() - started,
        "CPU-seconds": sum(used.values()),
        "parent: MB": peak.pop(run.pid),
        "worker: MB": max(peak.values(), default=0.0),
    }


def _children(parent: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _memory_and_time(process: int) -> tuple[float, float] | None:
    """Resident MB at most so far, and seconds of the processor."""
    try:
        kilobytes = int(Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2].split()[0])
        ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (OSError, IndexError):
        return None
    return kilobytes * 1024 / 1e6, (int(ticks[11]) + int(ticks[12])) / 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="of the workbook; 0: none")
    parser.add_argument(
        "--megabytes", type=int, default=20, help="of the csv file; 0: none; 1000: a long wait"
    )
    parser.add_argument("--out", type=Path, default=HERE / "results" / "tables.json")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, make, size in (
            (f"xlsx {arguments.rows:,} × {len(HEADER)}", workbook, arguments.rows),
            (f"csv {arguments.megabytes:,} MB", patients_csv, arguments.megabytes * 1_000_000),
            (f"csv of clients {arguments.megabytes:,} MB", clients_csv, arguments.megabytes * 1_000_000),
        ):
            if not size:
                continue
            source = Path(scratch) / make.__name__
            source.mkdir()
            make(source, size)
            [made] = source.iterdir()
            figures[name] = measured(source, Path(scratch) / f"{make.__name__}-out")
            figures[name]["MB a second"] = made.stat().st_size / 1e6 / figures[name]["seconds"]
            for kind, figure in figures[name].items():
                print(f"{name:28}{kind:20}{figure:>10,.2f}")
    write(arguments.out, figures)


if __name__ == "__main__":
    main()
