#!/usr/bin/env python3
"""Size and speed of the ways to deploy GmmNative, all in one run: the same rows, the same starting model, in turn.

    dotnet build src/GmmNative.Cli -c Release
    dotnet publish src/GmmNative.Cli -c Release -r linux-x64 -p:PublishAot=true
    cmake --preset linux-x64-mkl && cmake --build --preset linux-x64-mkl
    cmake --preset linux-x64-openblas && cmake --build --preset linux-x64-openblas
    bench/deployments.py                 the table, a minute or two
    bench/deployments.py --markdown      as docs/deployment.md has it
    bench/deployments.py --check         seconds: few rows, one round; proves that every deployment computes what it says it does

A deployment is a folder with the program and its libraries; system libraries are used in place. A deployment that is not available is left out,
with a message. Needs NumPy and Linux on x64.

- MB: the libraries that the deployment adds to the program, in units of a million bytes. The MKL of the NuGet package is the system's MKL, laid out
  like that package: mkl_rt, its layers and the kernels of all processors, without the unused interfaces.
- seconds: per EM iteration, the median over rounds of the median over iterations; the first two of each run do not count.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

try:
    import numpy
except ImportError:
    DEBIAN_PYTHON = "/usr/bin/python3"  # has python3-numpy, even if another Python comes first on the path
    if sys.executable == DEBIAN_PYTHON or not os.path.exists(DEBIAN_PYTHON):
        sys.exit("deployments.py: NumPy is missing: apt-get install python3-numpy")
    os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON, *sys.argv])

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILT = ROOT / "src/GmmNative.Cli/bin/Release/net10.0"
AHEAD = BUILT / "linux-x64/publish/gmm"
LIBRARY = "libgmmnative_blas.so"
# covariance, rows, dimension, components
CASES = {"diag 100000 x 39, K 256": ("diag", 100_000, 39, 256), "full 50000 x 39, K 32": ("full", 50_000, 39, 32)}
CHECK_CASES = {"diag 3000 x 5, K 4": ("diag", 3000, 5, 4), "full 3000 x 5, K 3": ("full", 3000, 5, 3)}
MOST_DIFFERENCE = 1e-9  # of the average log-likelihood, in nats


def log(message):
    print(f"deployments.py: {message}", file=sys.stderr, flush=True)


def system_library(backend):
    """The file of the system's MKL or OpenBLAS, or None."""
    result = subprocess.run([BUILT / "gmm", "backends", "--json"], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit("deployments.py: gmm backends failed: is it built? dotnet build src/GmmNative.Cli -c Release")
    entry = next(entry for entry in json.loads(result.stdout)["backends"] if entry["name"] == backend)
    return pathlib.Path(entry["library"]) if entry["available"] else None


def make_program(folder):
    """A copy of the program without libraries."""
    folder.mkdir(parents=True)
    for file in BUILT.iterdir():
        if file.is_file() and (file.suffix in (".dll", ".json") or file.name == "gmm"):
            shutil.copy(file, folder)
    return folder / "gmm"


def needed_by(library):
    """The libraries beside the C library that a library needs."""
    lines = subprocess.run(["ldd", library], capture_output=True, text=True).stdout.splitlines()
    paths = [pathlib.Path(line.split("=>")[1].split()[0]) for line in lines if "=> /" in line]
    return [path for path in paths if path.name.startswith(("libgfortran", "libquadmath"))]


def size(files):
    return sum(file.resolve().stat().st_size for file in files)


def mkl_parts(folder):
    """What of MKL a package has to hold."""
    other = ("ilp64", "thread", "gf_", "blacs", "scalapack", "cdft")
    return [file for file in folder.glob("libmkl_*.so") if not any(word in file.name for word in other)]


def deployments(place):
    """Name: program, backend, the folder of its library where that comes along, bytes of the libraries."""
    found, missing = {"managed only": (make_program(place / "managed"), "managed", None, 0)}, []
    mkl, openblas = system_library("mkl"), system_library("openblas")
    if mkl:
        parts = mkl_parts(mkl.parent)
        program = make_program(place / "package")
        native = program.parent / "runtimes/linux-x64/native"
        native.mkdir(parents=True)
        for part in parts:
            os.symlink(part.resolve(), native / part.name)
        found["MKL as the NuGet package lays it out"] = (program, "mkl", native, size(parts))
        found["MKL of the system"] = (make_program(place / "mkl"), "mkl", None, size(mkl.parent.glob("libmkl_*.so")))
    else:
        missing.append("MKL")
    if openblas:
        found["OpenBLAS of the system"] = (make_program(place / "openblas"), "openblas", None, size([openblas, *needed_by(openblas)]))
    else:
        missing.append("OpenBLAS")
    for backend, name in (("mkl", "MKL"), ("openblas", "OpenBLAS")):
        library = ROOT / "artifacts" / backend / "runtimes/linux-x64/native" / LIBRARY
        if library.exists():
            program = make_program(place / f"own-{backend}")
            shutil.copy(library, program.parent)
            found[f"our own library, made of {name}"] = (program, backend, program.parent, size([library]))
        else:
            missing.append(f"the library made of {name}")
    if AHEAD.exists():
        (place / "ahead").mkdir()
        found["managed only, one ahead-of-time file"] = (pathlib.Path(shutil.copy(AHEAD, place / "ahead")), "managed", None, 0)
    else:
        missing.append("the ahead-of-time file")
    return found, missing


def environment():
    """Nothing of this shell's decides which library is found."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GMMNATIVE_") and name != "MKLROOT"}


def prove(name, program, backend, folder):
    """Ends the script unless the deployment finds the library it brings along, or else one of the system."""
    result = subprocess.run([program, "backends", "--json"], capture_output=True, text=True, env=environment())
    entry = next(entry for entry in json.loads(result.stdout)["backends"] if entry["name"] == backend)
    expected = "It was found as " + (f"{folder}/" if folder else "lib")
    if not entry["available"] or (backend != "managed" and not entry["reason"].startswith(expected)):
        sys.exit(f"deployments.py: {name}: {entry['reason']}")


def make_problem(folder, covariance, rows, dimension, components):
    random = numpy.random.default_rng(1)
    values = random.normal(size=(rows, dimension)) + random.normal(scale=1.5, size=(20, dimension))[random.integers(0, 20, rows)]
    numpy.save(folder / "rows.npy", values)
    covariances = numpy.tile(values.var(axis=0), (components, 1))
    if covariance == "full":
        covariances = numpy.stack([numpy.diag(row) for row in covariances])
    numpy.savez(folder / "start.npz", weights=numpy.full(components, 1 / components), covariances=covariances,
                means=values[random.choice(rows, components, replace=False)], covariance_type=numpy.array(covariance),
                block_size=numpy.array([dimension]), format_version=numpy.array(1))


def train(program, backend, folder, covariance, iterations, threads):
    """Seconds per iteration, and the average log-likelihood at the end."""
    report = folder / "report.json"
    command = [program, "train", folder / "rows.npy", "--init", folder / "start.npz", "--covariance", covariance, "--iterations", iterations + 2,
               "--tolerance", 0, "--backend", backend, "--threads", threads, "-q", "-o", folder / "model.npz", "--report", report]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment())
    if result.returncode != 0:
        sys.exit(f"deployments.py: {program} failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
    answer = json.loads(report.read_text())
    if answer["backend"] != backend:
        sys.exit(f"deployments.py: {program} computed on {answer['backend']}, not on {backend}")
    return statistics.median(step["seconds"] for step in answer["history"][2:]), answer["averageLogLikelihood"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="[5]")
    parser.add_argument("--iterations", type=int, default=10, help="that count, a run [10]")
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="few rows, one round")
    arguments = parser.parse_args()
    rounds, iterations = (1, 3) if arguments.check else (arguments.rounds, arguments.iterations)
    cases = CHECK_CASES if arguments.check else CASES
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        found, missing = deployments(place)
        for name in missing:
            log(f"left out, not there: {name}")
        for deployment, (program, backend, folder, _) in found.items():
            prove(deployment, program, backend, folder)
        seconds = {}
        for case, (covariance, *shape) in cases.items():
            make_problem(place, covariance, *shape)
            averages = {}
            for _ in range(rounds):
                for deployment, (program, backend, *_) in found.items():
                    took, averages[deployment] = train(program, backend, place, covariance, iterations, arguments.threads)
                    seconds.setdefault((deployment, case), []).append(took)
            for deployment, average in averages.items():
                if not abs(average - averages["managed only"]) <= MOST_DIFFERENCE:
                    sys.exit(f"deployments.py: {case}: {deployment}: average log-likelihood {average} where managed has {averages['managed only']}")
    header = ["deployment", "libraries, MB", *(f"s per iteration, {case}" for case in cases)]
    rows = [[deployment, f"{found[deployment][3] / 1e6:.0f}", *(f"{statistics.median(seconds[deployment, case]):.4f}" for case in cases)] for deployment in found]
    if arguments.markdown:
        print("| " + " | ".join(header) + " |\n|" + " --- |" * len(header))
        print("\n".join("| " + " | ".join(row) + " |" for row in rows))
    else:
        widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
        print("\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [header, *rows]))
    return 1 if arguments.check and missing else 0


if __name__ == "__main__":
    sys.exit(main())
