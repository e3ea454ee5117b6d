#!/usr/bin/env python3
"""One EM iteration of GmmNative beside scikit-learn's, OpenCV's and SPTK's: the same rows, the same starting model, the same threads.

    dotnet build src/GmmNative.Cli -c Release
    bench/peers/em.py                          the whole table, some ten minutes
    bench/peers/em.py --only "full 50000"      one case
    bench/peers/em.py --markdown               as docs/performance.md has it
    bench/peers/em.py --check                  seconds: tiny cases; proves that all systems do the same work

As root on Debian it first installs python3-sklearn, python3-opencv, libopenblas0-pthread and sptk if they are missing, and reports it
(--no-install prevents that). A system that is not installed is left out, with a message; scikit-learn is required.

How it measures. Every system runs in a separate process. A round runs each system once, in turn: a dgemm, scikit-learn, GmmNative with one
thread and with --threads, on every backend in both precisions, then OpenCV and SPTK. A figure is the median over rounds of the median over
iterations. Reading and startup do not count, nor do GmmNative's iterations of about the first second, in which the compiler is still active.
- share: the operations of the two products, 4 F K per row, per second, divided by the rate of a 3000 x 3000 dgemm in NumPy's BLAS with the
  same number of threads in the same run. F features: 2 D (diag), D + D (D + 1) / 2 (full), D + 1 (spherical), D (tied kinds, whose second
  moments are summed once per training). Single precision is compared with that rate too.
- scikit-learn has no tied-diag and no tied-spherical covariances. OpenCV and SPTK run on diag and full only.
- MB: the peak memory of the whole process, including runtime and libraries, minus the rows as float64.
- OpenCV and SPTK process part of the rows if an iteration on all rows would take more than --peer-seconds. Their seconds are then scaled
  to all rows, which favors them slightly, if anything. SPTK is single-threaded and reads single-precision files. OpenCV is configured for
  the number of threads, and the table shows how many processors it kept busy.
- difference: the difference of the average log-likelihood (nats) from scikit-learn's on the same rows after the same number of iterations.
  More than 0.001 is not the same work: the script then reports it and ends with 1. SPTK prints six digits. Its full covariances are about
  the means before the update, so only its first E-step is comparable. Variance floors are 1e-6 where they can be set.
  OpenCV starts from the posteriors of the starting model: its Python binding takes no covariances.
"""
import argparse
import pathlib
import sys
import tempfile

import common
import sptk

CASES = [
    # name, covariance, rows, dimension, components
    ("diag 100000 x 39, K 256", "diag", 100_000, 39, 256),
    ("diag 1000000 x 64, K 64", "diag", 1_000_000, 64, 64),
    ("full 50000 x 39, K 32", "full", 50_000, 39, 32),
    ("full 20000 x 128, K 16", "full", 20_000, 128, 16),
    ("diag 2000000 x 13, K 8", "diag", 2_000_000, 13, 8),
    ("spherical 100000 x 39, K 64", "spherical", 100_000, 39, 64),
    ("tied 100000 x 39, K 64", "tied", 100_000, 39, 64),
    ("tied-diag 100000 x 39, K 64", "tied-diag", 100_000, 39, 64),
    ("tied-spherical 100000 x 39, K 64", "tied-spherical", 100_000, 39, 64),
]
CHECK_CASES = [
    ("diag 3000 x 5, K 4", "diag", 3000, 5, 4),
    ("full 3000 x 5, K 3", "full", 3000, 5, 3),
    ("spherical 3000 x 5, K 3", "spherical", 3000, 5, 3),
    ("tied 3000 x 5, K 3", "tied", 3000, 5, 3),
    ("tied-diag 3000 x 5, K 3", "tied-diag", 3000, 5, 3),
]
SKLEARN_KINDS = ("diag", "full", "spherical", "tied")
OTHER_PEER_KINDS = ("diag", "full")
MAXIMUM_DIFFERENCE = 1e-3
PEER_STEPS = 2  # iterations of OpenCV and SPTK


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--rounds", type=int, default=3, help="[3]")
    parser.add_argument("--iterations", type=int, default=5, help="of scikit-learn's and ours that count, a round [5]")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name has TEXT")
    parser.add_argument("--backends", default="managed,mkl,openblas", help="of ours [managed,mkl,openblas]")
    parser.add_argument("--peers", default="opencv,sptk", help="beside scikit-learn [opencv,sptk]; none for scikit-learn alone")
    parser.add_argument("--no-peers", action="store_true", help="GmmNative alone: no ratios, and no proof that the work is the same")
    parser.add_argument("--peer-seconds", type=float, default=3, help="maximum seconds of an OpenCV or SPTK iteration [3]")
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="tiny cases, one round")
    arguments = parser.parse_args()
    if arguments.iterations < PEER_STEPS + 2 or arguments.rounds < 1 or arguments.threads < 1:
        parser.error(f"--iterations must be at least {PEER_STEPS + 2}, --rounds and --threads at least 1")
    return arguments


def make_problem(folder, covariance, rows, dimension, components):
    import numpy
    random = numpy.random.default_rng(1)
    centers = random.normal(scale=1.5, size=(20, dimension))
    values = random.normal(size=(rows, dimension))
    values += centers[random.integers(0, 20, rows)]
    numpy.save(folder / "rows.npy", values)

    random = numpy.random.default_rng(2)
    means = values[random.choice(len(values), components, replace=False)]
    variances = values[:100_000].var(axis=0)
    covariances = {
        "diag": lambda: numpy.tile(variances, (components, 1)),
        "full": lambda: numpy.stack([numpy.diag(variances)] * components),
        "spherical": lambda: numpy.full(components, variances.mean()),
        "tied": lambda: numpy.diag(variances),
        "tied-diag": lambda: variances,
        "tied-spherical": lambda: numpy.array([variances.mean()]),
    }[covariance]()
    numpy.savez(folder / "model.npz", weights=numpy.full(components, 1 / components), means=means, covariances=covariances,
                covariance_type=numpy.array(covariance), block_size=numpy.array([dimension]),
                format_version=numpy.array(1 if covariance in OTHER_PEER_KINDS else 2))


def gigaflops(case):
    """The operations of the two products of an iteration, 4 F K per row."""
    _, covariance, rows, dimension, components = case
    features = {"diag": 2 * dimension, "full": dimension + dimension * (dimension + 1) // 2, "spherical": dimension + 1}.get(covariance, dimension)
    return 4 * features * components * rows / 1e9


def warm_up(case):
    """Iterations of ours that do not count: those of about the first second, which share the processors with the compiler, and at least two."""
    return 2 if case in CHECK_CASES else min(40, max(2, round(120 / gigaflops(case))))


def run_gmm(folder, case, iterations, backend, precision, threads):
    _, covariance, rows, dimension, components = case
    first = warm_up(case)
    report = common.train(
        folder, folder / "rows.npy", "-k", components, "-o", folder / "out.npz", "--covariance", covariance,
        "--init", folder / "model.npz", "--tolerance", 0, "--iterations", first + iterations, "--threads", threads,
        "--backend", backend, "--precision", precision)
    return {"seconds": common.median(step["seconds"] for step in report["history"][first:]),
            "averages": [step["averageLogLikelihood"] for step in report["history"]],
            "memory": report["peakMemoryBytes"] - rows * dimension * 8, "note": report["path"]}


def run_peer(peer, folder, case, rows, threads):
    _, covariance, _, dimension, components = case
    if peer == "sptk":
        return sptk.run(folder, covariance, rows, dimension, components, PEER_STEPS)
    return common.worker("opencv-em", threads, folder=str(folder), rows=rows, iterations=PEER_STEPS)


def prepare_peer(peer, folder, case, arguments):
    """Writes the starting data of the peer. Returns its number of rows: as many as it processes in --peer-seconds per iteration, by a trial on few rows."""
    _, covariance, rows, dimension, components = case
    # Enough for every component to keep a covariance that can be inverted.
    few = min(rows, max(1000, 20 * components, 8 * components * dimension if covariance == "full" else 0))
    if peer == "sptk":
        sptk.write_start(folder)
    else:
        common.worker("posteriors", arguments.threads, folder=str(folder), rows=few)
    trial = run_peer(peer, folder, case, few, arguments.threads)
    used = rows
    if "error" not in trial and trial["seconds"] > 0 and few * arguments.peer_seconds / trial["seconds"] < rows:
        used = max(few, int(few * arguments.peer_seconds / trial["seconds"]) // 1000 * 1000)
    if peer == "opencv":
        common.worker("posteriors", arguments.threads, folder=str(folder), rows=used)
    return used


def run_case(case, arguments, peers, folder):
    """Runs all rounds. Returns dgemm rates and results by system."""
    name, covariance, rows, dimension, components = case
    make_problem(folder, covariance, rows, dimension, components)
    peers = [peer for peer in peers if covariance in OTHER_PEER_KINDS]
    part = {peer: prepare_peer(peer, folder, case, arguments) for peer in peers}
    rates, results, references = [], {}, {}
    for used in {*part.values()} - {rows}:
        references[used] = common.worker("sklearn-em", arguments.threads, folder=str(folder), rows=used, iterations=PEER_STEPS + 2)["averages"]
    systems = [(backend, precision, threads) for precision in ("double", "single") for backend in arguments.backends.split(",")
               for threads in sorted({1, arguments.threads})]
    for turn in range(arguments.rounds):
        common.log(f"{name}: round {turn + 1} of {arguments.rounds}")
        rates.append(common.worker("dgemm", arguments.threads)["rate"])
        if not arguments.no_peers and covariance in SKLEARN_KINDS:
            run = common.worker("sklearn-em", arguments.threads, folder=str(folder), rows=rows, iterations=arguments.iterations)
            references[rows] = run["averages"]
            results.setdefault(("scikit-learn", "double", arguments.threads), []).append(run)
        for system in systems:
            results.setdefault(system, []).append(run_gmm(folder, case, arguments.iterations, *system))
        for peer in peers:
            system = (peer, "single" if peer == "sptk" else "double", 1 if peer == "sptk" else arguments.threads)
            if turn > 0 and "error" in results[system][0]:
                continue
            results.setdefault(system, []).append(run_peer(peer, folder, case, part[peer], arguments.threads))
    return common.median(rates), results, references, part


def summarize(case, rate, results, references, part):
    """Rows of the table of a case, by system; the medians; and what is not the same work."""
    _, covariance, rows, _, _ = case
    work = gigaflops(case)
    names = {"opencv": "OpenCV", "sptk": "SPTK"}
    seconds, lines, wrong = {}, [], []
    for (system, precision, threads), runs in results.items():
        used = part.get(system, rows)
        label = names.get(system, system)
        if system not in names and system != "scikit-learn":
            label = f"{system}, {precision}"
        if "error" in runs[0]:
            lines.append([label, threads, "fails: " + runs[0]["error"], "", "", "", "", ""])
            continue
        median = common.median(run["seconds"] for run in runs) * rows / used
        seconds[system, precision, threads] = median
        difference = None
        if used in references:
            step = min(len(runs[0]["averages"]), len(references[used])) - 1
            if system == "sptk" and covariance == "full":
                step = 0
            difference = runs[0]["averages"][step] - references[used][step]
        if difference is not None and not abs(difference) <= MAXIMUM_DIFFERENCE:
            wrong.append(f"{case[0]}: {label}: average log-likelihood differs from scikit-learn's by {difference:.2g} nat")
        memory = f"{max(run['memory'] for run in runs) / 1e6:.0f}" if used == rows else "-"
        note = runs[0]["note"] + (f", {used} rows, scaled" if used < rows else "")
        lines.append([label, threads, f"{median:.4f}", None, f"{work / median / rate:.0%}", memory, "-" if difference is None else f"{difference:.0e}", note.lstrip(", ")])
    reference = next((median for (system, _, _), median in seconds.items() if system == "scikit-learn"), None)
    for line, median in zip([line for line in lines if line[3] is None], seconds.values()):
        ratio = reference / median if reference else None
        line[3] = "-" if ratio is None else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"
    return work, seconds, lines, wrong


def overview_line(case, arguments, seconds, rate, work):
    """The ratios of a case that count, in one line: managed beside scikit-learn, the libraries, and one thread."""
    def ratio(numerator, denominator):
        return f"{numerator / denominator:.2f}" if numerator and denominator else "-"

    reference = seconds.get(("scikit-learn", "double", arguments.threads))
    line = [case[0]]
    for precision in ("double", "single"):
        ours = {backend: seconds.get((backend, precision, arguments.threads)) for backend in arguments.backends.split(",")}
        managed = ours.pop("managed", None)
        libraries = min((value for value in ours.values() if value), default=None)
        line += [ratio(reference, managed), f"{work / managed / rate:.0%}" if managed else "-", ratio(libraries, managed),
                 ratio(seconds.get(("managed", precision, 1)), managed)]
    return line


def main():
    arguments = parse()
    wanted = [] if arguments.no_peers else [peer for peer in arguments.peers.split(",") if peer != "none"]
    unknown = {*wanted} - {"opencv", "sptk"}
    if unknown:
        common.fail(f"--peers: there is no {', '.join(unknown)}; opencv, sptk or none")
    packages = {"opencv": "python3-opencv", "sptk": "sptk"}
    present = common.prepare(["libopenblas0-pthread", "python3-sklearn", *(packages[peer] for peer in wanted)], not arguments.no_install)
    peers = [peer for peer in wanted if packages[peer] in present]
    for peer in wanted:
        if peer not in peers:
            common.log(f"left out, not installed: {peer}")
    cases = [case for case in (CHECK_CASES if arguments.check else CASES) if arguments.only in case[0]]
    if not cases:
        common.fail(f"--only {arguments.only}: no case has that in its name")
    if arguments.check:
        arguments.rounds, arguments.iterations = 1, PEER_STEPS + 2

    print(common.machine(arguments.threads))
    print(f"Medians of {arguments.rounds} rounds, every system in turn; OpenCV and SPTK on all rows where nothing else is said.\n")
    header = ["system", "threads", "s per iteration", "times scikit-learn", "share of dgemm", "MB without the rows", "difference", ""]
    overview, wrong = [], []
    for case in cases:
        with tempfile.TemporaryDirectory() as place:
            rate, results, references, part = run_case(case, arguments, peers, pathlib.Path(place))
        work, seconds, lines, different = summarize(case, rate, results, references, part)
        wrong += different
        print(f"{'## ' if arguments.markdown else ''}{case[0]} ({work:.1f} GFLOP; dgemm {rate:.0f} GFLOP/s)\n")
        common.table(header, lines, arguments.markdown)
        overview.append(overview_line(case, arguments, seconds, rate, work))
    print(f"{'## ' if arguments.markdown else ''}The managed backend, {arguments.threads} threads\n")
    columns = ["times scikit-learn", "share of dgemm", "times the faster library", "times one thread"]
    common.table(["work", *(f"{column}, {precision}" for precision in ("double", "single") for column in columns)], overview, arguments.markdown)
    for line in wrong:
        common.log(f"not the same work: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
