using System.Runtime.CompilerServices;

namespace GmmNative.Interop;

/// <summary>The checks that every backend makes before it hands out addresses.</summary>
internal static class DenseArguments
{
    /// <summary>Checks that a span holds a row-major matrix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative or the leading dimension shorter than a row.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public static void CheckMatrix<T>(int rows, int columns, ReadOnlySpan<T> matrix, int leadingDimension, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (leadingDimension < columns)
        {
            throw new ArgumentOutOfRangeException(name, leadingDimension, $"The leading dimension is shorter than a row of {columns}.");
        }

        if (rows > 0 && matrix.Length < ((rows - 1) * (long)leadingDimension) + columns)
        {
            throw new ArgumentException(
                $"{matrix.Length} elements cannot hold a {rows} x {columns} matrix with leading dimension {leadingDimension}.", name);
        }
    }

    /// <summary>Checks that a packed operand is of the backend's own kind.</summary>
    /// <exception cref="ArgumentException">Another backend packed it.</exception>
    public static TPacked CheckPacked<T, TPacked>(PackedOperand<T> operand, [CallerArgumentExpression(nameof(operand))] string? name = null)
        where T : unmanaged
        where TPacked : PackedOperand<T>
    {
        ArgumentNullException.ThrowIfNull(operand, name);
        return operand as TPacked ?? throw new ArgumentException("The operand was packed by another backend.", name);
    }
}
