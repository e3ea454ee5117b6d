"""SPTK's program gmm, timed from outside: it writes a line to standard error after each pass over the rows."""
import pathlib
import subprocess
import time

from common import SPTK, median, peak_memory


def write_start(folder):
    """SPTK's form of the rows and of the starting model: floats; all weights, then mean and covariance of each component."""
    import numpy
    folder = pathlib.Path(folder)
    numpy.load(folder / "rows.npy", mmap_mode="r").astype("<f4").tofile(folder / "rows.f32")
    with numpy.load(folder / "model.npz") as model:
        parts = [model["weights"]]
        for mean, covariance in zip(model["means"], model["covariances"]):
            parts += [mean, covariance.ravel()]
    numpy.concatenate(parts).astype("<f4").tofile(folder / "model.f32")


def run(folder, covariance, rows, dimension, components, iterations):
    """Seconds of an iteration and the average log-likelihood of each E-step, as worker.py gives them; "error" where SPTK gave up."""
    folder = pathlib.Path(folder)
    command = [SPTK, "-l", dimension, "-m", components, "-a", iterations, "-b", iterations, "-e", 0, "-v", 1e-6, "-w", 1e-5,
               "-F", folder / "model.f32", *(["-f"] if covariance == "full" else [])]
    size = rows * dimension * 4
    arrivals, averages, last, memory = [], [], "", 0
    with open(folder / "rows.f32", "rb") as source:
        data = source.read(size)
    part = folder / "part.f32"
    part.write_bytes(data)
    process = subprocess.Popen(
        [str(word) for word in [*command, part]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        last = line.strip() or last
        if line.startswith("iter") and "ave_logprob" in line:
            arrivals.append(time.perf_counter())
            averages.append(float(line.split("ave_logprob =")[1].split()[0]))
            memory = max(memory, peak_memory(process.pid))
    if process.wait() != 0 or len(arrivals) < 2:
        return {"error": last}
    # From one line to the next: the update after one pass, and the next pass.
    steps = [later - earlier for earlier, later in zip(arrivals, arrivals[1:])]
    return {"seconds": median(steps), "averages": averages, "memory": memory - rows * dimension * 8, "note": "one thread"}
