using System.Numerics.Tensors;

namespace GmmNative.Inference.Conditioning;

/// <summary>
/// A symmetric matrix whose entries are zero beyond a distance from the diagonal, and its factors L D L' without pivoting (Golub and Van
/// Loan, Matrix Computations, 2013, 4.1.2 and 4.3.5). Pivots may be negative, so the matrix need not be positive definite. Takes
/// n (bandwidth + 1) numbers.
/// </summary>
internal sealed class BandedFactor
{
    private readonly int _order;
    private readonly int _bandwidth;
    private readonly int _rowsPerBlock;
    private readonly double[][] _blocks;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="blocks">The number of blocks of rows.</param>
    /// <param name="rowsPerBlock">The number of rows per block.</param>
    /// <param name="bandwidth">The largest distance of an entry from the diagonal.</param>
    public BandedFactor(int blocks, int rowsPerBlock, int bandwidth)
    {
        _order = checked(blocks * rowsPerBlock);
        _bandwidth = bandwidth;
        _rowsPerBlock = rowsPerBlock;
        _blocks = new double[blocks][];
        for (int b = 0; b < blocks; b++)
        {
            _blocks[b] = new double[checked(rowsPerBlock * (bandwidth + 1))];
        }
    }

    /// <summary>Returns entries of a row on and below the diagonal, within the band.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The first column.</param>
    /// <param name="count">The number of entries.</param>
    public Span<double> Entries(int row, int column, int count)
    {
        (int block, int place) = Math.DivRem(row, _rowsPerBlock);
        return _blocks[block].AsSpan((place * (_bandwidth + 1)) + column - row + _bandwidth, count);
    }

    /// <summary>Replaces the matrix by its factors: D on the diagonal, the rows of the unit lower triangle L below.</summary>
    /// <param name="cancellationToken">Checked for each row.</param>
    /// <returns>Whether all pivots are finite and not zero. The factors are incomplete otherwise.</returns>
    public bool TryFactor(CancellationToken cancellationToken)
    {
        double[] pivots = new double[_order];
        for (int i = 0; i < _order; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = Math.Max(0, i - _bandwidth);

            // The row first becomes L D. Columns before the first of this row do not contribute.
            Span<double> row = Entries(i, first, i - first + 1);
            for (int j = first + 1; j < i; j++)
            {
                row[j - first] -= TensorPrimitives.Dot<double>(row[..(j - first)], Entries(j, first, j - first));
            }

            double pivot = row[i - first];
            for (int j = first; j < i; j++)
            {
                double scaled = row[j - first] / pivots[j];
                pivot -= scaled * row[j - first];
                row[j - first] = scaled;
            }

            if (pivot == 0 || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i - first] = pivot;
            pivots[i] = pivot;
        }

        return true;
    }

    /// <summary>Solves the system with the factors, in place.</summary>
    /// <param name="x">The right side; receives the solution.</param>
    public void Solve(Span<double> x)
    {
        for (int i = 0; i < _order; i++)
        {
            int first = Math.Max(0, i - _bandwidth);
            x[i] -= TensorPrimitives.Dot<double>(Entries(i, first, i - first), x[first..i]);
        }

        for (int i = 0; i < _order; i++)
        {
            x[i] /= Entries(i, i, 1)[0];
        }

        for (int i = _order - 1; i > 0; i--)
        {
            int first = Math.Max(0, i - _bandwidth);
            Span<double> above = x[first..i];
            TensorPrimitives.MultiplyAdd(Entries(i, first, i - first), -x[i], above, above);
        }
    }
}
