using GmmNative.Errors;
using GmmNative.Model;

namespace GmmNative.Files.Models;

/// <summary>
/// Checks a model that takes far more memory than its file, before memory is allocated. A file that decompresses to a thousand times its
/// size usually contains only zeros or ones, and is not a model.
/// </summary>
internal static class PackedModelScan
{
    private const long SizeFactor = 10;
    private const long FreeBytes = 50_000_000;

    /// <summary>Whether a model takes more memory than is allowed for the size of its file.</summary>
    public static bool IsOutOfProportion(long modelBytes, long fileBytes) =>
        modelBytes > FreeBytes && (modelBytes - FreeBytes) / SizeFactor > fileBytes;

    /// <summary>Checks the numbers in one pass over the weights and one over the covariances, with memory for two rows.</summary>
    /// <exception cref="InvalidMixtureException">The numbers do not form a mixture.</exception>
    /// <exception cref="FileProblemException">The data is damaged.</exception>
    public static void Check(CovarianceStructure structure, NpzMember weights, NpzMember covariances)
    {
        WeightCheck sum = new();
        weights.Scan(sum.Add);
        sum.Finish();

        // In column-major order the entries of all components alternate. A single component is symmetric, so its order does not matter.
        bool rowByRow = !covariances.Header.IsColumnMajor || structure.Storage.Covariances((int)weights.Header.Shape[0]) == 1;
        if (structure.Storage.HoldsVariances || !rowByRow)
        {
            CheckVariances(structure, covariances);
        }
        else
        {
            CheckRows(structure, covariances);
        }
    }

    /// <summary>Checks that variances are positive.</summary>
    private static void CheckVariances(CovarianceStructure structure, NpzMember covariances)
    {
        CovarianceStorage storage = structure.Storage;
        ColumnMajorPlaces? places = covariances.Header.IsColumnMajor ? new(covariances.Header.Shape) : null;
        int next = 0;
        covariances.Scan(numbers =>
        {
            foreach (double value in numbers)
            {
                (int component, int place) = Math.DivRem(places?.Next() ?? next++, storage.Size);
                (int row, int column) = storage.EntryAt(place);
                if (row == column && !(value > 0))
                {
                    throw CovarianceProblem.Variance(structure, component, row, value);
                }
            }
        });
    }

    /// <summary>
    /// Checks that variances are positive, and that every covariance is smaller than the bound that its two variances imply. A matrix of
    /// ones fails in its second row.
    /// </summary>
    private static void CheckRows(CovarianceStructure structure, NpzMember covariances)
    {
        int dimension = structure.Dimension;
        double[] variances = new double[dimension];
        double[] row = new double[dimension];
        int component = 0;
        int i = 0;
        int j = 0;
        covariances.Scan(numbers =>
        {
            foreach (double value in numbers)
            {
                row[j] = value;
                if (++j < dimension)
                {
                    continue;
                }

                CheckRow(structure, component, i, row, variances);
                j = 0;
                if (++i == dimension)
                {
                    i = 0;
                    component++;
                }
            }
        });
    }

    private static void CheckRow(CovarianceStructure structure, int component, int i, double[] row, double[] variances)
    {
        variances[i] = row[i] > 0 ? row[i] : throw CovarianceProblem.Variance(structure, component, i, row[i]);
        for (int j = 0; j < i; j++)
        {
            if (!(row[j] * row[j] < row[i] * variances[j]))
            {
                throw CovarianceProblem.NotPositiveDefinite(structure, component);
            }
        }
    }
}
