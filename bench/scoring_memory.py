#!/usr/bin/env python3
"""Measures the memory that `gmm score` and `gmm posterior` own while they process more rows than fit into it.

    dotnet build src/GmmNative.Cli -c Release
    bench/scoring_memory.py                     5,000,000 x 39 float32, K 64; takes 0.8 GB of disk, and 2.6 GB for the posteriors
    bench/scoring_memory.py --check             little data: checks that the commands run, and that memory is bounded
    bench/scoring_memory.py --markdown

The numbers are the peaks of one process, sampled every 5 ms from /proc/PID/status. "Anonymous" is the memory that the process owns (RssAnon). "All" is VmHWM,
which includes the pages of mapped files. The input is mapped, and the system reclaims its pages when it needs memory. The exit code is 1 if a process owns more
than 100 MB. Linux only.
"""
import argparse
import array
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
GMM = ROOT / "src/GmmNative.Cli/bin/Release/net10.0/gmm"
DIMENSION, COMPONENTS, LIMIT = 39, 64, 100
ROWS_AT_ONCE = 50_000


def make_rows(path, count, piece):
    """Writes rows as a .npy file of float32: the same piece repeatedly, because memory does not depend on the numbers."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {DIMENSION}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for first in range(0, count, ROWS_AT_ONCE):
            file.write(memoryview(piece)[:min(ROWS_AT_ONCE, count - first) * DIMENSION])


def make_piece():
    """Returns rows in clusters with normally distributed deviations."""
    numbers = random.Random(1)
    centers = [[numbers.uniform(-8, 8) for _ in range(DIMENSION)] for _ in range(COMPONENTS)]
    piece = array.array("f")
    for _ in range(ROWS_AT_ONCE):
        piece.extend(value + numbers.gauss(0, 1) for value in numbers.choice(centers))
    if sys.byteorder == "big":
        piece.byteswap()
    return piece


def watch(command):
    """Runs a command, and returns its peaks of memory in MB and its time in seconds."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE, text=True)
    peaks = {"RssAnon": 0, "VmHWM": 0}
    status = f"/proc/{process.pid}/status"
    while process.poll() is None:
        try:
            with open(status, encoding="ascii") as lines:
                for line in lines:
                    name, _, rest = line.partition(":")
                    if name in peaks:
                        peaks[name] = max(peaks[name], int(rest.split()[0]))
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(0.005)
    errors = process.stderr.read()
    if process.wait() != 0:
        sys.exit(f"scoring_memory.py: {' '.join(map(str, command))}: {errors}")
    return peaks["RssAnon"] / 1024, peaks["VmHWM"] / 1024, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--check", action="store_true", help="100,000 rows")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    count = 100_000 if arguments.check else arguments.rows
    if not GMM.exists():
        sys.exit(f"scoring_memory.py: {GMM} does not exist: build it first")
    separator, edge = (" | ", "| ") if arguments.markdown else ("  ", "")
    print(f"{count} x {DIMENSION} float32, K {COMPONENTS}, diag; {os.cpu_count()} processors; MB\n")
    print(edge + separator.join(["command                ", "threads", "anonymous", "  all", "seconds"]))
    if arguments.markdown:
        print("| --- | --- | --- | --- | --- |")
    over = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rows, model = folder / "rows.npy", folder / "model.npz"
        piece = make_piece()
        make_rows(rows, count, piece)
        make_rows(folder / "some.npy", 20_000, piece)
        subprocess.run(
            [GMM, "train", folder / "some.npy", "-k", str(COMPONENTS), "--init", "random", "--iterations", "3", "-o", model, "-q"], check=True)
        for form in ("score .npy", "score .csv", "posterior .npy", "posterior .csv"):
            for threads in (1, 2, 8):
                command, kind = form.split()
                if form == "posterior .csv" and not arguments.check:
                    continue  # 6 GB of text, without new information
                owned, whole, seconds = watch(
                    [GMM, command, model, rows, "-o", folder / f"out{kind}", "--threads", threads, "--backend", arguments.backend, "-q"])
                over |= owned > LIMIT
                print(edge + separator.join([f"{form:23}", f"{threads:7}", f"{owned:9.1f}", f"{whole:5.0f}", f"{seconds:7.1f}"]), flush=True)
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
