using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.Data.Sources;

namespace GmmNative;

/// <summary>Creates vector sources from tensors. The rows are copied into memory, in their own precision.</summary>
/// <remarks>A <see cref="Tensor{T}"/> converts to the parameter type. The strides of a tensor may be arbitrary. Thread-safe.</remarks>
/// <example>
/// <code>
/// System.Numerics.Tensors.Tensor&lt;float&gt; tensor =
///     System.Numerics.Tensors.Tensor.Create([1.0f, 2.1f, 0.9f, 1.8f, 8.1f, 9.0f], [3, 2]);
/// IVectorSource rows = TensorVectorSource.From(tensor);
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 1);
/// </code>
/// </example>
public static class TensorVectorSource
{
    /// <summary>Copies the rows of a tensor.</summary>
    /// <param name="rows">A tensor of two dimensions, T x D, each at least 1.</param>
    /// <exception cref="ArgumentException">The tensor does not have two dimensions.</exception>
    /// <exception cref="VectorDataException">There are no rows or no columns.</exception>
    public static IRandomAccessVectorSource From(in ReadOnlyTensorSpan<double> rows) => Copy(rows);

    /// <inheritdoc cref="From(in ReadOnlyTensorSpan{double})"/>
    public static IRandomAccessVectorSource From(in ReadOnlyTensorSpan<float> rows) => Copy(rows);

    private static IRandomAccessVectorSource Copy<T>(in ReadOnlyTensorSpan<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Rank != 2)
        {
            throw new ArgumentException($"The tensor has {rows.Rank} dimensions, but rows are a tensor of 2: T x D.", nameof(rows));
        }

        RowBuffer<T> buffer = new();
        nint dimension = rows.Lengths[1];
        T[] row = new T[dimension];
        for (nint i = 0; i < rows.Lengths[0]; i++)
        {
            rows.Slice([new NRange(i, i + 1), new NRange(0, dimension)]).FlattenTo(row);
            buffer.Add(row.AsSpan());
        }

        return buffer.ToSource();
    }
}
