using GmmNative.Execution;
using GmmNative.Inference.Sampling;
using GmmNative.Interop.Kernels;

namespace GmmNative;

/// <summary>
/// Draws random rows from a mixture: an infinite sequence of independent rows, of which any part can be drawn on its own.
/// </summary>
/// <remarks>
/// <para>
/// Row r depends only on the model, the seed, and r. It has the same bits for any number of threads and for any rows that are drawn
/// with it, on the same backend, precision and processor. Other backends and processors give the same components, and rows that differ
/// only by rounding. Random numbers come from the counter-based generator Threefry-2x64-20 (Salmon et al., SC 2011), normal numbers from
/// the transformation of Box and Muller (1958). A later version draws other rows for a seed only if the changelog says so.
/// </para>
/// <para>
/// Create a sampler once (<see cref="GaussianMixtureSampling.CreateSampler"/>) and keep it, because creating it factors every covariance.
/// Thread-safe. Rows are computed in blocks of some hundreds or thousands: drawing consecutive rows is fast, even one at a time, and
/// drawing single rows far from each other is slow.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// MixtureSampler sampler = model.CreateSampler(seed: 1);
/// double[] rows = new double[1000 * model.Dimension];
/// int[] labels = new int[1000];
/// sampler.Sample(firstRow: 0, rows, labels);
/// </code>
/// </example>
public sealed class MixtureSampler
{
    // The purposes of the random numbers of one seed.
    private const ulong NormalStream = 1;
    private const ulong ComponentStream = 2;

    private readonly ComponentDraw _components;
    private readonly IBlockSampling _blocks;

    internal MixtureSampler(GaussianMixture model, int seed, ExecutionPlan execution)
    {
        Model = model;
        Seed = seed;
        ulong number = unchecked((ulong)seed);
        RandomKey normals = new(number, NormalStream);
        _components = new ComponentDraw(model.Weights.Span, new RandomKey(number, ComponentStream));
        _blocks = execution.Precision == Precision.Double
            ? new BlockSampling<double>(model, _components, normals, execution)
            : new BlockSampling<float>(model, _components, normals, execution);
    }

    /// <summary>The mixture.</summary>
    public GaussianMixture Model { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The number of rows that are computed together.</summary>
    internal int BlockRows => _blocks.BlockRows;

    /// <summary>Draws consecutive rows of the sequence, on the calling thread.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">Receives T x D numbers, row-major. Its length determines T.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstRow"/> is negative.</exception>
    /// <exception cref="ArgumentException">The length is not a multiple of D.</exception>
    public void Sample(long firstRow, Span<double> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        int dimension = Model.Dimension;
        if (rows.Length % dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are not a whole number of rows of dimension {dimension}.", nameof(rows));
        }

        while (!rows.IsEmpty)
        {
            (long block, long offset) = Math.DivRem(firstRow, BlockRows);
            int count = (int)Math.Min(BlockRows - offset, rows.Length / dimension);
            Span<double> part = rows[..(count * dimension)];
            if (count == BlockRows)
            {
                _blocks.Draw(block, part);
            }
            else
            {
                _blocks.Draw(block, (int)offset, part);
            }

            rows = rows[part.Length..];
            firstRow += count;
        }
    }

    /// <summary>Draws consecutive rows of the sequence and their components, on the calling thread.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">Receives T x D numbers, row-major. Its length determines T.</param>
    /// <param name="labels">Receives the component of each row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="firstRow"/> is negative, or <paramref name="labels"/> has fewer than T elements.
    /// </exception>
    /// <exception cref="ArgumentException">The length is not a multiple of D.</exception>
    public void Sample(long firstRow, Span<double> rows, Span<int> labels)
    {
        int count = rows.Length / Model.Dimension;
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Length, count, nameof(labels));
        Sample(firstRow, rows);
        Labels(firstRow, labels[..count]);
    }

    /// <summary>Determines the components of consecutive rows of the sequence, without drawing the rows.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="labels">Receives the component of each row, from 0. Its length determines T.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstRow"/> is negative.</exception>
    public void Labels(long firstRow, Span<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        _components.Draw(firstRow, labels);
    }

    /// <summary>
    /// Creates a data set of the first rows of the sequence. It draws rows when they are read, so any number of rows needs no memory.
    /// </summary>
    /// <param name="rowCount">T, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowCount"/> is negative.</exception>
    public IRandomAccessVectorSource CreateSource(long rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        return new SampledVectorSource(this, rowCount);
    }
}
