using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Estimation;

/// <summary>
/// Estimates the memory of a training from shapes and the allocations of the code. The estimate is within 10% of the smallest heap with
/// which a training succeeded. Memory that the garbage collector has not reclaimed yet comes in addition, but only if memory is plentiful.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="rows">T if it is known.</param>
internal sealed class TrainingMemory(CovarianceStructure structure, int components, long? rows)
{
    /// <summary>The bytes of the runtime, the libraries and the code.</summary>
    private const double Base = 25e6;

    /// <summary>The overhead of allocation.</summary>
    private const double Slack = 1.05;

    /// <summary>The bytes of the objects per component that create its factors when they are needed.</summary>
    private const double ObjectsPerComponent = 400;

    /// <summary>The minimum number of rows of a sample on which starts are made, and the number per component.</summary>
    private const double SampleRows = 20_000;
    private const double SampleRowsPerComponent = 64;

    /// <summary>The maximum number of bytes that k-means stores for all rows.</summary>
    private const double NearestBytes = 64e6;

    /// <summary>
    /// From this number of products on, lifting rows costs more than any number of components that fits into memory, which is known without
    /// creating a layout.
    /// </summary>
    private const double ManyProducts = 4e6;

    private readonly double _squares = structure.GroupArrays.Sum(group => (double)group.Length * group.Length);
    private readonly double _products = structure.GroupArrays.Sum(group => group.Length * (group.Length + 1.0) / 2);

    /// <summary>The elements of a lifted row that are not coordinates.</summary>
    private readonly double _quadratic = structure.IsTied ? 0
        : structure.IsSpherical ? 1 : structure.GroupArrays.Sum(group => group.Length * (group.Length + 1.0) / 2);
    private readonly double _largest = structure.GroupArrays.Max(group => group.Length);

    /// <summary>The bytes of weights, means and covariances.</summary>
    public double ModelBytes => 8.0 * ((components * (1.0 + structure.Dimension)) + structure.Storage.Numbers(components));

    /// <summary>The bytes that variational training takes in addition: the factors of the updated model, which the bound needs.</summary>
    public double VariationalBytes => 8 * _squares * structure.Storage.Covariances(components);

    /// <summary>Returns the bytes of a training, except its rows and given models.</summary>
    /// <param name="execution">The threads, precision and numerical path.</param>
    /// <param name="start">The kind of start, or <see langword="null"/> if a starting model is given.</param>
    public double Training(ExecutionOptions execution, InitializationMethod? start)
    {
        double em = Iteration(execution);
        double nearest = Math.Min(NearestBytes, 4.0 * (rows ?? double.PositiveInfinity) * Math.Min(64, components / 8.0));
        double all = start switch
        {
            null or InitializationMethod.Random => em,

            // Each of several starts is improved by EM on a sample, while the best start so far is kept.
            InitializationMethod.Auto => em + Sample() + (2 * ModelBytes),
            _ => Math.Max(em, Sample() + nearest + (3 * ModelBytes)),
        };
        return Base + (Slack * all);
    }

    /// <summary>Returns the bytes of posteriors, which are computed after the training if they are requested.</summary>
    public double Posteriors(ExecutionOptions execution) =>
        Base + (Slack * (Plan(execution) + (2 * ModelBytes) + (8.0 * (rows ?? 0) * components)));

    /// <summary>Returns the bytes of the sample of rows on which starts are made, if it is not all rows.</summary>
    private double Sample()
    {
        double sample = Math.Max(SampleRows, SampleRowsPerComponent * components);
        return rows is null || rows > sample ? sample * structure.Dimension * 8 : 0;
    }

    /// <summary>Returns the bytes at the end of an iteration, when the old, the best and the new model and the statistics exist.</summary>
    private double Iteration(ExecutionOptions execution)
    {
        int threads = Threads(execution);
        bool centered = IsCentered(execution);
        double sums = 8.0 * components * (1 + structure.Dimension + (centered ? _squares : _quadratic));

        // The total, and the groups that are ahead of the next group to merge: with two threads or more, up to two groups per thread.
        ChunkGeometry geometry = Geometry(centered);
        double groups = rows is { } count ? Math.Ceiling((double)count / geometry.GroupRows) : double.PositiveInfinity;
        double statistics = sums * (1 + Math.Min(groups, threads == 1 ? 1 : 2 * threads));

        // Per component: its moments, its covariance and a factor of the covariance.
        double update = 8 * (_products + (structure.Storage.HoldsVariances ? 0 : 2 * _largest * _largest)) * Math.Min(threads, components);
        return (3 * ModelBytes) + Plan(execution) + statistics + update + Scratch(execution, geometry, centered);
    }

    /// <summary>Returns the bytes of the prepared model.</summary>
    private double Plan(ExecutionOptions execution)
    {
        double number = execution.Precision == Precision.Single ? 4 : 8;
        double features = structure.Dimension + _quadratic;
        double factors = 8 * _squares * structure.Storage.Covariances(components);
        double means = 8.0 * components * structure.Dimension;
        double layout = 2 * sizeof(int) * (structure.Dimension + _products);
        double form = IsCentered(execution)
            ? number * _squares * components
            : (8 + (2 * number)) * features * components;
        return layout + factors + means + form + (ObjectsPerComponent * components);
    }

    private double Scratch(ExecutionOptions execution, ChunkGeometry geometry, bool centered)
    {
        double row = (4.0 * structure.Dimension) + components + (centered ? 2 * _largest : structure.Dimension + _quadratic);
        return 8 * row * geometry.ChunkRows * Threads(execution);
    }

    private ChunkGeometry Geometry(bool centered)
    {
        double limit = int.MaxValue / 4;
        return centered
            ? ChunkGeometry.For((int)Math.Min(limit, (3.0 * structure.Dimension) + (2 * _largest) + components))
            : ChunkGeometry.For((int)Math.Min(limit, structure.Dimension + _quadratic + components));
    }

    private bool IsCentered(ExecutionOptions execution) => execution.Path switch
    {
        NumericalPath.Centered => true,
        NumericalPath.Products => false,
        _ when _quadratic > ManyProducts => true,
        _ => FormCost.IsCenteredCheaper(new LiftedLayout(structure), components),
    };

    private static int Threads(ExecutionOptions execution) => execution.Threads == 0 ? Environment.ProcessorCount : execution.Threads;
}
