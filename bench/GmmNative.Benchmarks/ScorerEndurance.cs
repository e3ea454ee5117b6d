using System.Globalization;

namespace GmmNative.Benchmarks;

/// <summary>
/// Uses one <see cref="MixtureScorer"/> on eight threads for ten million rows. Checks that every result has the same bits as the result of
/// a scorer on one thread, and that memory does not grow.
/// </summary>
internal static class ScorerEndurance
{
    /// <summary>The argument that selects this test instead of the benchmarks.</summary>
    public const string Argument = "--scorer";

    private const int Threads = 8;
    private const int Stages = 10;
    private const int Dimension = 16;
    private const int Components = 16;
    private const int DistinctRows = 4096;
    private const int CheckedRows = 200_000;
    private const int AllRows = 10_000_000;

    // Allocations of the runtime itself over seconds are below this. A single double per row would be 80 MB.
    private const long MaximumAllocated = 1_000_000;

    /// <summary>Runs the test, and prints a line after each tenth of the rows.</summary>
    /// <returns>The exit code: 1 if a bit is wrong, or if scoring rows allocates.</returns>
    public static int Run()
    {
        int rowsOfThread = (CheckMode.IsOn ? CheckedRows : AllRows) / (Threads * Stages);
        (GaussianMixture model, double[] rows) = Problem();
        Answers expected = new(model.CreateScorer(), rows);
        MixtureScorer scorer = model.CreateScorer();
        long wrong = 0;
        long allocated = 0;
        using Barrier barrier = new(Threads + 1);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            double[] posteriors = new double[Components];
            for (int stage = 0; stage < Stages; stage++)
            {
                barrier.SignalAndWait();
                long before = GC.GetAllocatedBytesForCurrentThread();
                long found = 0;
                for (int i = 0; i < rowsOfThread; i++)
                {
                    found += expected.CountWrong(scorer, rows, (number + (Threads * i)) % DistinctRows, posteriors);
                }

                Interlocked.Add(ref wrong, found);

                // The first rows of a thread allocate its scratch memory.
                Interlocked.Add(ref allocated, stage == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before);
                barrier.SignalAndWait();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        for (int stage = 1; stage <= Stages; stage++)
        {
            barrier.SignalAndWait();
            barrier.SignalAndWait();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(long)stage * rowsOfThread * Threads,10} rows on {Threads} threads: {wrong} wrong bits, "
                + $"{Environment.WorkingSet / 1e6:F1} MB working set, {GC.GetTotalMemory(forceFullCollection: false) / 1e6:F2} MB managed, "
                + $"{allocated} bytes allocated since the first stage"));
        }

        Array.ForEach(threads, thread => thread.Join());
        return wrong > 0 || allocated > MaximumAllocated ? 1 : 0;
    }

    private static (GaussianMixture Model, double[] Rows) Problem()
    {
        Random random = new(1);
        double[] rows = [.. Enumerable.Range(0, DistinctRows * Dimension).Select(_ => (4 * random.NextDouble()) - 2)];
        GmmOptions options = new()
        {
            Covariance = new() { Kind = CovarianceKind.Full },
            Stopping = new() { Iterations = 3, Tolerance = 0 },
        };
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
        return (new GaussianMixtureTrainer(Components, options).Fit(source).Model, rows);
    }

    /// <summary>The results of one thread for each row.</summary>
    private sealed class Answers
    {
        private readonly double[] _logDensities = new double[DistinctRows];
        private readonly int[] _labels = new int[DistinctRows];
        private readonly double[] _posteriors = new double[DistinctRows * Components];

        public Answers(MixtureScorer scorer, double[] rows)
        {
            for (int r = 0; r < DistinctRows; r++)
            {
                ReadOnlySpan<double> row = rows.AsSpan(r * Dimension, Dimension);
                _logDensities[r] = scorer.LogDensity(row);
                _labels[r] = scorer.Label(row);
                scorer.Posterior(row, _posteriors.AsSpan(r * Components, Components));
            }
        }

        /// <summary>Returns the number of results of a row whose bits differ. The kind of result alternates with the row.</summary>
        public int CountWrong(MixtureScorer scorer, double[] rows, int r, double[] posteriors)
        {
            ReadOnlySpan<double> row = rows.AsSpan(r * Dimension, Dimension);
            switch (r % 3)
            {
                case 0:
                    return IsSame(scorer.LogDensity(row), _logDensities[r]) ? 0 : 1;
                case 1:
                    return scorer.Label(row) == _labels[r] ? 0 : 1;
                default:
                    scorer.Posterior(row, posteriors);
                    int wrong = 0;
                    for (int k = 0; k < Components; k++)
                    {
                        wrong += IsSame(posteriors[k], _posteriors[(r * Components) + k]) ? 0 : 1;
                    }

                    return wrong;
            }
        }

        private static bool IsSame(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
    }
}
