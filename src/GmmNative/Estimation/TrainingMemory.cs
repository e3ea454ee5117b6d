using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Estimation;

/// <summary>
/// How much memory a training needs, counted from shapes as the code allocates it: within a tenth of the smallest heap that a training
/// was seen to do with. What the collector has not yet taken back comes on top where memory is plenty, and does not where it is not.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="rows">T, where it is known.</param>
internal sealed class TrainingMemory(CovarianceStructure structure, int components, long? rows)
{
    /// <summary>The runtime, the libraries and the code.</summary>
    private const double Base = 25e6;

    /// <summary>What no allocator uses.</summary>
    private const double Slack = 1.05;

    /// <summary>Objects of a component that make its factors when they are asked for.</summary>
    private const double ObjectsPerComponent = 400;

    /// <summary>Rows of a sample, at least and for each component, that starts are found on.</summary>
    private const double SampleRows = 20_000;
    private const double SampleRowsPerComponent = 64;

    /// <summary>Bytes that k-means remembers of all rows, at most.</summary>
    private const double NearestBytes = 64e6;

    /// <summary>
    /// From so many on, lifting rows to their products costs more than any number of components that fits into memory; no layout is made to
    /// find that out.
    /// </summary>
    private const double ManyProducts = 4e6;

    private readonly double _squares = structure.GroupArrays.Sum(group => (double)group.Length * group.Length);
    private readonly double _products = structure.GroupArrays.Sum(group => group.Length * (group.Length + 1.0) / 2);
    private readonly double _largest = structure.GroupArrays.Max(group => group.Length);

    /// <summary>Bytes of weights, means and covariances.</summary>
    public double ModelBytes => 8.0 * components * (1 + structure.Dimension + structure.Storage.Size);

    /// <summary>Bytes of a training beside its rows and the models that it is given.</summary>
    /// <param name="execution">Threads, precision and path.</param>
    /// <param name="start">How a start is found; <see langword="null"/> for one that is given.</param>
    public double Training(ExecutionOptions execution, InitializationMethod? start)
    {
        double em = Iteration(execution);
        double nearest = Math.Min(NearestBytes, 4.0 * (rows ?? double.PositiveInfinity) * Math.Min(64, components / 8.0));
        double all = start switch
        {
            null or InitializationMethod.Random => em,

            // Each of several starts is moved by EM on a sample, while the best one so far is kept.
            InitializationMethod.Auto => em + Sample() + (2 * ModelBytes),
            _ => Math.Max(em, Sample() + nearest + (3 * ModelBytes)),
        };
        return Base + (Slack * all);
    }

    /// <summary>Bytes that posteriors take when they are asked for, after the training.</summary>
    public double Posteriors(ExecutionOptions execution) =>
        Base + (Slack * (Plan(execution) + (2 * ModelBytes) + (8.0 * (rows ?? 0) * components)));

    /// <summary>The rows that starts are found on, where those are not all.</summary>
    private double Sample()
    {
        double sample = Math.Max(SampleRows, SampleRowsPerComponent * components);
        return rows is null || rows > sample ? sample * structure.Dimension * 8 : 0;
    }

    /// <summary>The end of an iteration, when the old model, the best one, the new one and the statistics are there.</summary>
    private double Iteration(ExecutionOptions execution)
    {
        int threads = Threads(execution);
        bool centered = IsCentered(execution);
        double sums = 8.0 * components * (1 + structure.Dimension + (centered ? _squares : _products));

        // The total, and the groups of rows that are ahead of one that is missing; two threads or more may be two groups ahead each.
        ChunkGeometry geometry = Geometry(centered);
        double groups = rows is { } count ? Math.Ceiling((double)count / geometry.GroupRows) : double.PositiveInfinity;
        double statistics = sums * (1 + Math.Min(groups, threads == 1 ? 1 : 2 * threads));

        // Of one component: its moments, its covariance and a factor of that.
        double update = 8 * (_products + (structure.Storage.HoldsVariances ? 0 : 2 * _largest * _largest)) * Math.Min(threads, components);
        return (3 * ModelBytes) + Plan(execution) + statistics + update + Scratch(execution, geometry, centered);
    }

    /// <summary>The model as rows meet it.</summary>
    private double Plan(ExecutionOptions execution)
    {
        double number = execution.Precision == Precision.Single ? 4 : 8;
        double features = structure.Dimension + _products;
        double factors = 8 * _squares * components;
        double means = 8.0 * components * structure.Dimension;
        double layout = 2 * sizeof(int) * features;
        double form = IsCentered(execution)
            ? number * _squares * components
            : (8 + (2 * number)) * features * components;
        return layout + factors + means + form + (ObjectsPerComponent * components);
    }

    private double Scratch(ExecutionOptions execution, ChunkGeometry geometry, bool centered)
    {
        double row = (4.0 * structure.Dimension) + components + (centered ? 2 * _largest : structure.Dimension + _products);
        return 8 * row * geometry.ChunkRows * Threads(execution);
    }

    private ChunkGeometry Geometry(bool centered)
    {
        double most = int.MaxValue / 4;
        return centered
            ? ChunkGeometry.For((int)Math.Min(most, (3.0 * structure.Dimension) + (2 * _largest) + components))
            : ChunkGeometry.For((int)Math.Min(most, structure.Dimension + _products + components));
    }

    private bool IsCentered(ExecutionOptions execution) => execution.Path switch
    {
        NumericalPath.Centered => true,
        NumericalPath.Products => false,
        _ when _products > ManyProducts => true,
        _ => FormCost.IsCenteredCheaper(new LiftedLayout(structure), components),
    };

    private static int Threads(ExecutionOptions execution) => execution.Threads == 0 ? Environment.ProcessorCount : execution.Threads;
}
