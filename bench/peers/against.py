#!/usr/bin/env python3
"""Seconds per EM iteration of this build and of another build of gmm, on the cases of em.py, to detect whether a change has cost speed.

    bench/peers/against.py OTHER/src/GmmNative.Cli/bin/Release/net10.0/gmm [--rounds 5] [--markdown]

Both programs start from the same model and run in turn; the order alternates between rounds. A figure is the median over rounds of the median over
iterations, without the iterations of the first second. The ratio is the time of the other program divided by the time of this one: above 1 this build is faster.
"""
import argparse
import pathlib
import tempfile

import common
import em


def seconds(program, folder, case, arguments, precision):
    _, covariance, _, _, components = case
    first = em.warm_up(case)
    report = common.train(
        folder, folder / "rows.npy", "-k", components, "-o", folder / "out.npz", "--covariance", covariance, "--init", folder / "model.npz",
        "--tolerance", 0, "--iterations", first + arguments.iterations, "--threads", arguments.threads, "--backend", "managed",
        "--precision", precision, program=program)
    return common.median(step["seconds"] for step in report["history"][first:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=pathlib.Path, help="the other build's gmm")
    parser.add_argument("--rounds", type=int, default=5, help="[5]")
    parser.add_argument("--iterations", type=int, default=5, help="that count, a round [5]")
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name has TEXT")
    parser.add_argument("--kinds", default="", help="covariance types that both builds have, comma-separated [all]")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    common.prepare(["python3-sklearn"], install=False)
    rows = []
    kinds = arguments.kinds.split(",") if arguments.kinds else {case[1] for case in em.CASES}
    for case in (case for case in em.CASES if case[1] in kinds and arguments.only in case[0]):
        for precision in ("double", "single"):
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                em.make_problem(folder, *case[1:])
                times = {common.GMM: [], arguments.other: []}
                for number in range(arguments.rounds):
                    for program in list(times)[::1 if number % 2 == 0 else -1]:
                        times[program].append(seconds(program, folder, case, arguments, precision))
            here, other = (common.median(times[program]) for program in times)
            rows.append([case[0], precision, f"{other:.4f}", f"{here:.4f}", f"{other / here:.3f}"])
    common.table(["work", "precision", "other (s)", "this build (s)", "ratio"], rows, arguments.markdown)


if __name__ == "__main__":
    main()
