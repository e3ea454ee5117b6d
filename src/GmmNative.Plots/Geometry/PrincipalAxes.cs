namespace GmmNative.Plots.Geometry;

/// <summary>The largest eigenvalues of a symmetric matrix that has no negative eigenvalues, and their eigenvectors.</summary>
internal static class PrincipalAxes
{
    private const int MaximumIterations = 500;
    private const double Tolerance = 1e-12;

    // More vectors than asked for: the iteration converges as the ratio of the eigenvalue after the block to the smallest one asked for.
    private const int ExtraVectors = 6;

    /// <summary>Computes the axes by orthogonal iteration, which starts from the same random block each time.</summary>
    /// <param name="matrix">The matrix: D x D.</param>
    /// <param name="count">The number of axes, at most D.</param>
    /// <returns>
    /// The eigenvalues in descending order, and the eigenvectors. The largest entry of each vector is positive, so that the picture of the
    /// same rows is never mirrored.
    /// </returns>
    public static (double[] Values, double[][] Vectors) Largest(double[,] matrix, int count)
    {
        int dimension = matrix.GetLength(0);
        Random random = new(0);
        double[][] block = [.. Enumerable.Range(0, Math.Min(dimension, count + ExtraVectors))
            .Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5).ToArray())];
        Orthonormalize(block);
        double[] values = new double[block.Length];
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double[][] next = [.. block.Select(vector => Product(matrix, vector))];
            double[] estimates = [.. block.Zip(next, Dot)];
            bool converged = estimates.Zip(values).Take(count).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * pair.First);
            Orthonormalize(next);
            (block, values) = (next, estimates);
            if (converged)
            {
                break;
            }
        }

        int[] order = [.. Enumerable.Range(0, block.Length).OrderByDescending(i => values[i]).Take(count)];
        return ([.. order.Select(i => values[i])], [.. order.Select(i => WithSign(block[i]))]);
    }

    // Gram-Schmidt, twice: one pass loses orthogonality when the vectors are nearly parallel.
    private static void Orthonormalize(double[][] block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    Subtract(block[i], block[j], Dot(block[i], block[j]));
                }
            }

            double length = Math.Sqrt(Dot(block[i], block[i]));
            for (int d = 0; d < block[i].Length; d++)
            {
                // A vector of a matrix of low rank may vanish. It stays zero, with the eigenvalue zero.
                block[i][d] = length > 0 ? block[i][d] / length : 0;
            }
        }
    }

    private static void Subtract(double[] vector, double[] other, double factor)
    {
        for (int d = 0; d < vector.Length; d++)
        {
            vector[d] -= factor * other[d];
        }
    }

    private static double[] Product(double[,] matrix, double[] vector)
    {
        double[] product = new double[vector.Length];
        for (int i = 0; i < product.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
            {
                product[i] += matrix[i, j] * vector[j];
            }
        }

        return product;
    }

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int d = 0; d < first.Length; d++)
        {
            sum += first[d] * second[d];
        }

        return sum;
    }

    private static double[] WithSign(double[] vector)
    {
        double largest = vector.MaxBy(Math.Abs);
        return largest < 0 ? [.. vector.Select(value => -value)] : vector;
    }
}
