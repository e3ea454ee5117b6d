#!/usr/bin/env python3
"""How long gmm takes to start: the program as one ahead-of-time file compared with the just-in-time compiled one.

    dotnet build src/GmmNative.Cli -c Release
    dotnet publish src/GmmNative.Cli -c Release -r linux-x64 -p:PublishAot=true
    bench/start.py                 medians of 20 runs of each, in turn, in milliseconds
    bench/start.py --markdown      as docs/deployment.md has it
    bench/start.py --check         one run of each: that they work, not how fast

The time is measured from the start of the process to its end, with standard output discarded.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILT = ROOT / "src/GmmNative.Cli/bin/Release/net10.0"
PROGRAMS = {"ahead of time": BUILT / "linux-x64/publish/gmm", "just in time": BUILT / "gmm"}


def milliseconds(command):
    start = time.perf_counter()
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    took = 1000 * (time.perf_counter() - start)
    if result.returncode != 0:
        sys.exit(f"start.py: {' '.join(map(str, command))} failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="[20]")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="one run of each")
    arguments = parser.parse_args()
    runs = 1 if arguments.check else arguments.runs
    for name, program in PROGRAMS.items():
        if not program.exists():
            sys.exit(f"start.py: there is no program compiled {name}: see the commands at the head of this file")
    with tempfile.TemporaryDirectory() as place:
        commands = {
            "gmm --version": ["--version"],
            "gmm --help": ["--help"],
            "gmm train faithful.csv -k 2": ["train", ROOT / "samples/data/faithful.csv", "-k", "2", "-q", "-o", pathlib.Path(place) / "model.npz"],
        }
        times = {(command, name): [] for command in commands for name in PROGRAMS}
        for _ in range(runs):
            for command, options in commands.items():
                for name, program in PROGRAMS.items():
                    times[command, name].append(milliseconds([program, *options]))
    print("| median milliseconds | " + " | ".join(PROGRAMS) + " |\n|" + " --- |" * (1 + len(PROGRAMS)) if arguments.markdown
          else f"{'median milliseconds':30}" + "".join(f"{name:>16}" for name in PROGRAMS))
    for command in commands:
        cells = [f"{statistics.median(times[command, name]):.0f}" for name in PROGRAMS]
        print(f"| `{command}` | " + " | ".join(cells) + " |" if arguments.markdown else f"{command:30}" + "".join(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()
