using System.Numerics;

namespace GmmNative.TestSupport;

/// <summary>A matrix of <see cref="DoubleDouble"/>: the operands and answers of the reference computations.</summary>
/// <remarks>Plain loops straight from the definitions; slow, and meant to be seen to be right.</remarks>
public sealed class DenseMatrix
{
    private readonly DoubleDouble[] _values;

    /// <summary>A matrix of zeros.</summary>
    public DenseMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        _values = new DoubleDouble[checked(rows * columns)];
    }

    public int Rows { get; }

    public int Columns { get; }

    public ref DoubleDouble this[int row, int column] => ref _values[(row * Columns) + column];

    /// <summary>The matrix whose elements a function gives.</summary>
    public static DenseMatrix From(int rows, int columns, Func<int, int, DoubleDouble> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var matrix = new DenseMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = element(i, j);
            }
        }

        return matrix;
    }

    /// <summary>Widens a row-major matrix of <see cref="float"/> or <see cref="double"/>, exactly.</summary>
    public static DenseMatrix Read<T>(int rows, int columns, ReadOnlySpan<T> values, int leadingDimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new DenseMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = double.CreateChecked(values[(i * leadingDimension) + j]);
            }
        }

        return matrix;
    }

    /// <summary>The lower triangle with zeros above it.</summary>
    public DenseMatrix LowerTriangle() => From(Rows, Columns, (i, j) => j <= i ? this[i, j] : DoubleDouble.Zero);

    /// <summary>The symmetric matrix that has this one's lower triangle.</summary>
    public DenseMatrix SymmetricFromLower() => From(Rows, Columns, (i, j) => j <= i ? this[i, j] : this[j, i]);

    /// <summary>The absolute values.</summary>
    public DenseMatrix Absolute() => From(Rows, Columns, (i, j) => DoubleDouble.Abs(this[i, j]));

    public DenseMatrix Transposed() => From(Columns, Rows, (i, j) => this[j, i]);

    public DenseMatrix Plus(DenseMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return From(Rows, Columns, (i, j) => this[i, j] + other[i, j]);
    }

    /// <summary>The product of this matrix and another.</summary>
    public DenseMatrix Times(DenseMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Columns != other.Rows)
        {
            throw new ArgumentException(
                $"A {Rows} x {Columns} matrix cannot be multiplied by a {other.Rows} x {other.Columns} one.", nameof(other));
        }

        var product = new DenseMatrix(Rows, other.Columns);
        for (int i = 0; i < Rows; i++)
        {
            for (int k = 0; k < Columns; k++)
            {
                DoubleDouble factor = this[i, k];
                for (int j = 0; j < other.Columns; j++)
                {
                    product[i, j] += factor * other[k, j];
                }
            }
        }

        return product;
    }

    /// <summary>The Cholesky factor L (lower) of a symmetric positive definite matrix; reads the lower triangle.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public DenseMatrix Cholesky()
    {
        var factor = new DenseMatrix(Rows, Rows);
        for (int j = 0; j < Rows; j++)
        {
            for (int i = j; i < Rows; i++)
            {
                DoubleDouble rest = this[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= factor[i, k] * factor[j, k];
                }

                if (i == j && !(rest > 0))
                {
                    throw new ArithmeticException($"Leading minor {j + 1} is not positive definite.");
                }

                factor[i, j] = i == j ? DoubleDouble.Sqrt(rest) : rest / factor[j, j];
            }
        }

        return factor;
    }

    /// <summary>The solution Y of L Y = B with L this lower triangular matrix.</summary>
    public DenseMatrix SolveLower(DenseMatrix right)
    {
        ArgumentNullException.ThrowIfNull(right);
        DenseMatrix solution = From(right.Rows, right.Columns, (i, j) => right[i, j]);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < right.Columns; j++)
            {
                for (int k = 0; k < i; k++)
                {
                    solution[i, j] -= this[i, k] * solution[k, j];
                }

                solution[i, j] /= this[i, i];
            }
        }

        return solution;
    }

    /// <summary>The inverse of L L' with L this lower triangular matrix.</summary>
    public DenseMatrix InverseFromCholesky()
    {
        DenseMatrix inverse = SolveLower(From(Rows, Rows, (i, j) => i == j ? 1 : 0));
        return inverse.Transposed().Times(inverse);
    }

    /// <summary>The root of the sum of squares.</summary>
    public double FrobeniusNorm()
    {
        DoubleDouble sum = DoubleDouble.Zero;
        foreach (DoubleDouble value in _values)
        {
            sum += value * value;
        }

        return DoubleDouble.Sqrt(sum).High;
    }
}
