using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>What the element kernels on row strips must do in every layout: the base of one test class a precision and topic.</summary>
public abstract class StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows around the widths of vectors and strips.</summary>
    private protected static IReadOnlyList<int> RowCounts { get; } =
        [0, 1, 2, 3, 5, 7, 8, 9, 12, 13, 16, 17, 23, 24, 25, 47, 48, 49, 95, 96, 97, 200];

    /// <summary>The layouts of every backend, which differ, and others that no backend has today.</summary>
    private protected static IEnumerable<RowStrips> Layouts(int rows) =>
    [
        .. TestBackends.Kinds.Select(kind => TestBackends.Get(kind).Operations<T>().Strips(rows)),
        new RowStrips(rows, 16),
        new RowStrips(rows, 80),
    ];

    /// <summary>All of <see cref="RowCounts"/> in all of <see cref="Layouts"/>.</summary>
    private protected static IEnumerable<RowStrips> AllLayouts() => RowCounts.SelectMany(Layouts);

    /// <summary>A matrix of zeros.</summary>
    private protected static StripMatrix<T> Room(RowStrips strips, int height) => new(strips, new T[strips.Length(height)], height);

    /// <summary>Asserts that each call throws an <see cref="ArgumentException"/>.</summary>
    private protected static void AssertAllThrow(params IReadOnlyList<Action> calls)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            Exception? error = Record.Exception(calls[i]);
            Assert.True(error is ArgumentException, $"Call {i} gave {error?.GetType().Name ?? "no exception"}.");
        }
    }
}
