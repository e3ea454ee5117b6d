using System.Diagnostics.CodeAnalysis;

namespace GmmNative.Data.Sources;

/// <summary>Checks that rows that are arrays exist and have the same length.</summary>
internal static class RowLength
{
    /// <summary>Checks a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">The index of the row, from 0.</param>
    /// <param name="dimension">The length of the first row; ignored for the first row itself.</param>
    /// <exception cref="VectorDataException">The row is null, empty or differs in length.</exception>
    public static void Check([NotNull] Array? row, long index, int dimension)
    {
        if (row is null)
        {
            throw new VectorDataException($"Row {index + 1} is null.");
        }

        Check(row.Length, index, dimension);
    }

    /// <summary>Checks the length of a row.</summary>
    /// <inheritdoc cref="Check(Array?, long, int)" path="//exception"/>
    public static void Check(int length, long index, int dimension)
    {
        if (length == 0)
        {
            throw new VectorDataException($"Row {index + 1} is empty: a row needs at least one number.");
        }

        if (index > 0 && length != dimension)
        {
            throw new VectorDataException(
                $"Row {index + 1} has length {length}, but row 1 has length {dimension}; all rows need the same length.");
        }
    }

    /// <summary>Creates the exception for data without rows, whose dimension is therefore unknown.</summary>
    public static VectorDataException NoRows() => new("There are no rows.");
}
