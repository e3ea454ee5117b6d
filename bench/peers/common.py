"""What the scripts beside this one share: Debian's packages, child processes, and tables."""
import contextlib
import json
import os
import pathlib
import platform
import shutil
import signal
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GMM = ROOT / "src/GmmNative.Cli/bin/Release/net10.0/gmm"
SPTK = pathlib.Path("/usr/libexec/sptk/bin/gmm")  # Debian's; the name gmm on the path may be anything
DEBIAN_PYTHON = "/usr/bin/python3"
PACKAGES = {"python3-sklearn": "sklearn", "python3-opencv": "cv2", "libopenblas0-pthread": None, "sptk": None}


def fail(message):
    """Ends the script with one line."""
    sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {message}")


def log(message):
    print(f"{pathlib.Path(sys.argv[0]).name}: {message}", file=sys.stderr, flush=True)


def has_module(name, python=None):
    command = [python or sys.executable, "-c", f"import importlib.util, sys; sys.exit(importlib.util.find_spec({name!r}) is None)"]
    return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0


def is_installed(package):
    if package == "sptk":
        return SPTK.exists()
    if package == "libopenblas0-pthread":  # without it NumPy computes on the reference BLAS; elsewhere than on Debian it has its own
        query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
        return shutil.which("dpkg-query") is None or subprocess.run(query, capture_output=True, text=True).stdout == "installed"
    return has_module(PACKAGES[package]) or (os.path.exists(DEBIAN_PYTHON) and has_module(PACKAGES[package], DEBIAN_PYTHON))


def prepare(packages, install):
    """Installs Debian packages where they are missing, and goes on in the Python that has scikit-learn. Returns those that are there."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that files in temporary folders go, too
    missing = [package for package in packages if not is_installed(package)]
    if missing and install:
        if shutil.which("apt-get") is None:
            log(f"no apt-get here: {', '.join(missing)} not installed")
        elif os.geteuid() != 0:
            log(f"not root, so not installed; do: apt-get install {' '.join(missing)}")
        else:
            log(f"installing with apt-get: {', '.join(missing)}")
            environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *missing]):
                result = subprocess.run(command, env=environment, capture_output=True, text=True)
                if result.returncode != 0:
                    log(f"{' '.join(command)} failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
                    break
    if not has_module("sklearn"):
        if sys.executable != DEBIAN_PYTHON and os.path.exists(DEBIAN_PYTHON) and has_module("sklearn", DEBIAN_PYTHON):
            sys.stdout.flush()
            os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON, *sys.argv])
        fail("scikit-learn is missing: apt-get install python3-sklearn")
    if not GMM.exists():
        fail("the program gmm is not built: dotnet build src/GmmNative.Cli -c Release")
    load = os.getloadavg()[0]
    if load > 0.5:
        log(f"others are at work on this machine (load {load:.1f}): times and ratios will suffer")
    return [package for package in packages if is_installed(package) and (PACKAGES[package] is None or has_module(PACKAGES[package]))]


@contextlib.contextmanager
def children(threads):
    """The environment of child processes: a BLAS reads its number of threads once, when it is loaded."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    yield dict(os.environ, **{name: str(threads) for name in names})


def worker(task, threads, **arguments):
    """Runs one task of worker.py in a process of its own; see there."""
    with children(threads) as environment:
        result = subprocess.run(
            [sys.executable, HERE / "worker.py", task], input=json.dumps({"threads": threads, **arguments}),
            env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"{task} failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
    return json.loads(result.stdout.splitlines()[-1])


def train(folder, rows, *options, program=GMM):
    """Runs gmm train and returns its report."""
    report = pathlib.Path(folder) / "report.json"
    command = [program, "train", rows, *options, "--report", report, "-q"]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"gmm train failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
    return json.loads(report.read_text())


def peak_memory(process="self"):
    """The maximum number of bytes that a process has held. (getrusage would count what its parent held before it.)"""
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def median(values):
    values = list(values)
    return statistics.median(values) if values else float("nan")


def machine(threads):
    """The machine and the versions, in a line or two."""
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    with open("/etc/os-release") as release:
        system = next((line.split("=")[1].strip().strip('"') for line in release if line.startswith("PRETTY_NAME")), platform.system())
    versions = worker("versions", threads)
    parts = [f"{name} {version}" for name, version in versions["packages"].items()]
    if SPTK.exists():
        parts.append("SPTK 3.9")
    return f"{model}, {os.cpu_count()} processors, {system}; {threads} threads; {', '.join(parts)}; BLAS of NumPy: {versions['blas']}."


def table(header, rows, markdown):
    """Prints a table, for people or in Markdown."""
    rows = [[str(cell) for cell in row] for row in rows]
    if markdown:
        print("| " + " | ".join(header) + " |")
        print("|" + " --- |" * len(header))
        for row in rows:
            print("| " + " | ".join(row) + " |")
    else:
        widths = [max(len(row[i]) for row in [list(header), *rows]) for i in range(len(header))]
        for row in [list(header), *rows]:
            print("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))).rstrip())
    print(flush=True)
