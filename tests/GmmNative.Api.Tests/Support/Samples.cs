namespace GmmNative.Api.Tests.Support;

/// <summary>Rows around two points, in every form that the library accepts, and a model of these rows.</summary>
internal static class Samples
{
    /// <summary>D.</summary>
    public const int Dimension = 3;

    /// <summary>Rows of numbers that <see cref="float"/> represents exactly, so that all forms contain the same rows.</summary>
    public static double[][] Jagged { get; } = Make();

    public static double[,] Matrix { get; } = ToMatrix(Jagged);

    public static double[] Flat { get; } = [.. Jagged.SelectMany(row => row)];

    public static float[][] SingleJagged { get; } = [.. Jagged.Select(row => Array.ConvertAll(row, x => (float)x))];

    public static float[,] SingleMatrix { get; } = ToMatrix(SingleJagged);

    public static float[] SingleFlat { get; } = Array.ConvertAll(Flat, x => (float)x);

    public static GmmOptions Options { get; } = new()
    {
        Covariance = new() { Kind = CovarianceKind.Full },
        Start = new() { Seed = 1 },
        Stopping = new() { Iterations = 5 },
    };

    public static GmmFitResult Result { get; } =
        new GaussianMixtureTrainer(2, Options).Fit(VectorSource.From(Flat, Dimension), returnPosterior: true);

    public static GaussianMixture Model => Result.Model;

    /// <summary>Rows that can be enumerated once; a second enumeration fails.</summary>
    public static IEnumerable<T[]> Once<T>(T[][] rows)
    {
        bool isWalked = false;
        return Walk();

        IEnumerable<T[]> Walk()
        {
            if (isWalked)
            {
                throw new InvalidOperationException("The rows are walked twice.");
            }

            isWalked = true;
            T[] buffer = new T[Dimension];
            foreach (T[] row in rows)
            {
                // One array for all rows, as file readers do. Code that keeps a reference to it sees only the last row.
                row.CopyTo(buffer, 0);
                yield return buffer;
            }
        }
    }

    private static double[][] Make()
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, 500).Select(t => Enumerable.Range(0, Dimension)
            .Select(i => (double)(float)((5 * (t % 2)) + random.NextDouble() + random.NextDouble())).ToArray())];
    }

    private static T[,] ToMatrix<T>(T[][] rows)
    {
        T[,] matrix = new T[rows.Length, Dimension];
        for (int t = 0; t < rows.Length; t++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                matrix[t, i] = rows[t][i];
            }
        }

        return matrix;
    }
}
