using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Empty matrices, empty sums and wrong arguments.</summary>
public abstract class ArgumentContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_EmptyMatrices_DoNothing(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        RowStrips none = operations.Strips(0);
        RowStrips two = operations.Strips(2);
        int height = RowStrips.PaddedHeight(2);
        int empty = RowStrips.PaddedHeight(0);
        operations.MultiplyStrips(operations.Pack(2, 3, new T[6], 3), Room(none, 3), new T[8], Room(none, height));
        operations.MultiplyStrips(operations.Pack(2, 3, new T[6], 3), Room(none, 3), [], Room(none, height));
        operations.AddStripProduct(0, 2, Room(two, empty), Room(two, 2), [], 2);
        operations.AddStripProduct(2, 0, Room(two, height), Room(two, 0), [], 0);

        // Of no values a row there is still room for a block, whose contents are unspecified.
        operations.MultiplyStrips(operations.Pack(0, 3, [], 3), Room(two, 3), new T[8], Room(two, empty));
        operations.MultiplyStrips(operations.Pack(0, 0, [], 0), Room(none, 0), [], Room(none, empty));
        Assert.Equal(0, operations.Cholesky(0, [], 0));
        operations.InvertFromCholesky(0, [], 0);
        operations.SolveStrips(operations.PackFactor(2, [T.One, T.Zero, T.One, T.One], 2), Room(none, height));
        operations.SolveStrips(operations.PackFactor(0, [], 0), Room(two, empty));
        operations.AddSymmetricProduct(0, 3, [], 0, [], 0);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Products_SumsOfNoTerms_AreZero(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        RowStrips strips = operations.Strips(2);
        GuardedStrips<T> c = GuardedStrips<T>.Unset(strips, 2);
        operations.MultiplyStrips(operations.Pack(2, 0, [], 0), Room(strips, 0), new T[c.Height], c.Matrix);
        Assert.All(c.Elements(), value => Assert.Equal(T.Zero, value));

        // Without a bias they are added to C, which stays as it was.
        var added = new GuardedStrips<T>(strips, 2, c.Height, (row, value) => row + (2 * value));
        operations.MultiplyStrips(operations.Pack(2, 0, [], 0), Room(strips, 0), [], added.Matrix);
        Assert.Equal([T.Zero, T.CreateChecked(2), T.One, T.CreateChecked(3)], added.Elements());

        T[] sum = [T.One, T.One, T.One, T.One];
        RowStrips none = operations.Strips(0);
        operations.AddStripProduct(2, 2, Room(none, RowStrips.PaddedHeight(2)), Room(none, 2), sum, 2);
        operations.AddSymmetricProduct(2, 0, [], 2, sum, 2);
        Assert.Equal([T.One, T.One, T.One, T.One], sum);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_LastRowUnpadded_IsEnough(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] a = [T.One, T.NaN, T.One];
        T[] gram = [T.Zero];
        operations.AddSymmetricProduct(1, 2, a, 2, gram, 1);
        Assert.Equal([T.One + T.One], gram);

        RowStrips strips = operations.Strips(1);
        var b = new GuardedStrips<T>(strips, 1, 1, (_, _) => 1);
        GuardedStrips<T> c = GuardedStrips<T>.Unset(strips, 2);
        operations.MultiplyStrips(operations.Pack(2, 1, a, 2), b.Matrix, new T[c.Height], c.Matrix);
        Assert.Equal([T.One, T.One], c.Elements());

        var weights = new GuardedStrips<T>(strips, 2, RowStrips.PaddedHeight(2), (_, _) => 1, emptyLanes: 0);
        var rows = new GuardedStrips<T>(strips, 1, 1, (_, _) => 1, emptyLanes: 0);
        operations.AddStripProduct(2, 1, weights.Matrix, rows.Matrix, a, 2);
        Assert.Equal([T.One + T.One, T.NaN, T.One + T.One], a);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_WrongArguments_Throw(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        PackedOperand<T> packed = operations.Pack(2, 3, new T[6], 3);
        RowStrips two = operations.Strips(2);
        RowStrips otherWidth = two with { Width = 16 * two.Width };
        int height = RowStrips.PaddedHeight(2);
        T[] bias = new T[height];
        T[] identity = [T.One, T.Zero, T.Zero, T.One];
        PackedFactor<T> factor = operations.PackFactor(2, identity, 2);

        // These arguments are right; each of the following has one of them wrong.
        operations.MultiplyStrips(packed, Room(two, 3), bias, Room(two, height));
        operations.AddStripProduct(2, 3, Room(two, height), Room(two, 3), new T[6], 3);
        operations.SolveStrips(factor, Room(two, height));
        Action[] wrong =
        [
            () => operations.Pack(-1, 3, new T[6], 3),
            () => operations.Pack(2, -1, new T[6], 3),
            () => operations.Pack(2, 3, new T[5], 3),
            () => operations.Pack(2, 3, new T[6], 2),
            () => operations.Strips(-1),
            () => operations.MultiplyStrips(packed, Room(two, 2), bias, Room(two, height)),
            () => operations.MultiplyStrips(null!, Room(two, 3), bias, Room(two, height)),
            () => operations.MultiplyStrips(packed, default, bias, default),
            () => operations.MultiplyStrips(packed, Room(otherWidth, 3), bias, Room(otherWidth, height)),
            () => operations.MultiplyStrips(packed, Room(otherWidth, 3), bias, Room(two, height)),
            () => operations.MultiplyStrips(packed, Room(two, 3), bias, Room(otherWidth, height)),
            () => operations.MultiplyStrips(packed, Room(two, 3), bias, Room(operations.Strips(200), height)),
            () => operations.MultiplyStrips(packed, Room(two, 3), bias.AsSpan(1), Room(two, height)),
            () => operations.MultiplyStrips(packed, Room(two, 3), bias, Room(two, height - 1)),
            () => operations.AddStripProduct(-1, 3, Room(two, height), Room(two, 3), new T[6], 3),
            () => operations.AddStripProduct(2, -1, Room(two, height), Room(two, 3), new T[6], 3),
            () => operations.AddStripProduct(2, 3, default, default, new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(otherWidth, height), Room(otherWidth, 3), new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height), Room(otherWidth, 3), new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height), Room(operations.Strips(200), 3), new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height - 1), Room(two, 3), new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height), Room(two, 2), new T[6], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height), Room(two, 3), new T[5], 3),
            () => operations.AddStripProduct(2, 3, Room(two, height), Room(two, 3), new T[6], 2),
            () => operations.Cholesky(-1, new T[4], 2),
            () => operations.Cholesky(2, new T[3], 2),
            () => operations.Cholesky(2, new T[4], 1),
            () => operations.InvertFromCholesky(-1, new T[4], 2),
            () => operations.InvertFromCholesky(2, new T[3], 2),
            () => operations.InvertFromCholesky(2, new T[4], 1),
            () => operations.PackFactor(-1, identity, 2),
            () => operations.PackFactor(2, identity.AsSpan(1), 2),
            () => operations.PackFactor(2, identity, 1),
            () => operations.PackFactor(2, new T[4], 2),
            () => operations.SolveStrips(null!, Room(two, height)),
            () => operations.SolveStrips(factor, default),
            () => operations.SolveStrips(factor, Room(otherWidth, height)),
            () => operations.SolveStrips(factor, Room(two, height - 1)),
            () => operations.AddSymmetricProduct(2, -1, new T[6], 2, new T[4], 2),
            () => operations.AddSymmetricProduct(2, 3, new T[5], 2, new T[4], 2),
            () => operations.AddSymmetricProduct(2, 3, new T[6], 1, new T[4], 2),
            () => operations.AddSymmetricProduct(2, 3, new T[6], 2, new T[3], 2),
            () => operations.AddSymmetricProduct(2, 3, new T[6], 2, new T[4], 1),

            // The size of this matrix does not fit in an int.
            () => operations.Cholesky(60_000, new T[4], 60_000),
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            Exception? error = Record.Exception(wrong[i]);
            Assert.True(error is ArgumentException, $"Call {i} gave {error?.GetType().Name ?? "no exception"}.");
        }
    }

    [Fact]
    public void MultiplyStrips_OperandPackedByAnotherBackend_Throws()
    {
        foreach (BackendKind packer in TestBackends.Kinds)
        {
            PackedOperand<T> packed = Operations(packer).Pack(1, 1, [T.One], 1);
            foreach (BackendKind multiplier in TestBackends.Kinds)
            {
                RowStrips strips = Operations(multiplier).Strips(1);
                int height = RowStrips.PaddedHeight(1);
                void Multiply() => Operations(multiplier).MultiplyStrips(packed, Room(strips, 1), [], Room(strips, height));
                Exception? error = Record.Exception(Multiply);
                Assert.Equal(packer != multiplier, error is ArgumentException);
                Assert.Equal(packer != multiplier, error is not null);
            }
        }
    }

    [Fact]
    public void SolveStrips_FactorPackedByAnotherBackend_Throws()
    {
        foreach (BackendKind packer in TestBackends.Kinds)
        {
            PackedFactor<T> packed = Operations(packer).PackFactor(1, [T.One], 1);
            foreach (BackendKind solver in TestBackends.Kinds)
            {
                RowStrips strips = Operations(solver).Strips(1);
                void Solve() => Operations(solver).SolveStrips(packed, Room(strips, RowStrips.PaddedHeight(1)));
                Exception? error = Record.Exception(Solve);
                Assert.Equal(packer != solver, error is ArgumentException);
                Assert.Equal(packer != solver, error is not null);
            }
        }
    }

    /// <summary>A matrix of zeros.</summary>
    private static StripMatrix<T> Room(RowStrips strips, int height) => new(strips, new T[strips.Length(height)], height);
}
