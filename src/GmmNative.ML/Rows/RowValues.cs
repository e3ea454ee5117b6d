using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace GmmNative.ML.Rows;

/// <summary>Copies vectors of ML.NET.</summary>
internal static class RowValues
{
    /// <summary>Copies a dense or sparse vector.</summary>
    /// <param name="vector">D numbers.</param>
    /// <param name="target">Receives D numbers.</param>
    /// <param name="row">The number of the row, from 0, for the message.</param>
    /// <exception cref="VectorDataException">The vector has another length than D.</exception>
    public static void Copy<TFrom, TTo>(in VBuffer<TFrom> vector, Span<TTo> target, long row)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (vector.Length != target.Length)
        {
            throw new VectorDataException(
                $"Row {row + 1} has {vector.Length} numbers, but the column has vectors of {target.Length}. Correct the data view.");
        }

        ReadOnlySpan<TFrom> values = vector.GetValues();
        if (vector.IsDense)
        {
            TensorPrimitives.ConvertTruncating(values, target);
            return;
        }

        target.Clear();
        ReadOnlySpan<int> places = vector.GetIndices();
        for (int i = 0; i < places.Length; i++)
        {
            target[places[i]] = TTo.CreateTruncating(values[i]);
        }
    }
}
