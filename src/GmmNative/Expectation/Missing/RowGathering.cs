using System.Runtime.CompilerServices;
using GmmNative.Passes;

namespace GmmNative.Expectation.Missing;

/// <summary>Copies selected rows and columns of a chunk to a chunk of their own. Scratch memory of one thread.</summary>
internal sealed class RowGathering
{
    private double[] _rows = [];
    private double[] _weights = [];

    /// <summary>Copies rows. The result is valid until the next call.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="rows">The rows of the chunk, at least one.</param>
    /// <param name="columns">The columns, or empty for all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RowChunk Gather(in RowChunk chunk, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        int dimension = chunk.Rows.Length / chunk.Count;
        int width = columns.IsEmpty ? dimension : columns.Length;
        if (_rows.Length < rows.Length * width)
        {
            _rows = new double[checked(rows.Length * width)];
        }

        Span<double> to = _rows;
        foreach (int r in rows)
        {
            ReadOnlySpan<double> row = chunk.Rows.Slice(r * dimension, dimension);
            if (columns.IsEmpty)
            {
                row.CopyTo(to);
            }
            else
            {
                for (int i = 0; i < columns.Length; i++)
                {
                    to[i] = row[columns[i]];
                }
            }

            to = to[width..];
        }

        return new RowChunk(_rows.AsSpan(0, rows.Length * width), rows.Length, chunk.FirstRow, Weights(chunk, rows));
    }

    private ReadOnlySpan<double> Weights(in RowChunk chunk, ReadOnlySpan<int> rows)
    {
        if (chunk.Weights.IsEmpty)
        {
            return [];
        }

        if (_weights.Length < rows.Length)
        {
            _weights = new double[rows.Length];
        }

        for (int i = 0; i < rows.Length; i++)
        {
            _weights[i] = chunk.Weights[rows[i]];
        }

        return _weights.AsSpan(0, rows.Length);
    }
}
