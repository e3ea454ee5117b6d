using System.Numerics;
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
        operations.MultiplyTransposed(0, [], 3, operations.Pack(2, 3, new T[6], 3), [], 2);
        operations.MultiplyTransposed(2, new T[6], 3, operations.Pack(0, 3, [], 3), [], 0);
        operations.AddTransposedProduct(0, 2, 3, [], 0, new T[6], 2, [], 2);
        operations.AddTransposedProduct(2, 0, 3, new T[6], 2, [], 0, [], 0);
        Assert.Equal(0, operations.Cholesky(0, [], 0));
        operations.InvertFromCholesky(0, [], 0);
        operations.SolveTriangular(0, 2, new T[4], 2, [], 2);
        operations.SolveTriangular(2, 0, [], 0, [], 0);
        operations.AddSymmetricProduct(0, 3, [], 0, [], 0);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Products_SumsOfNoTerms_AreZero(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] c = [T.NaN, T.NaN, T.One, T.NaN, T.NaN];
        operations.MultiplyTransposed(2, [], 0, operations.Pack(2, 0, [], 0), c, 3);
        Assert.Equal([T.Zero, T.Zero, T.One, T.Zero, T.Zero], c);

        T[] sum = [T.One, T.One, T.One, T.One];
        operations.AddTransposedProduct(2, 2, 0, [], 2, [], 2, sum, 2);
        operations.AddSymmetricProduct(2, 0, [], 2, sum, 2);
        Assert.Equal([T.One, T.One, T.One, T.One], sum);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_LastRowUnpadded_IsEnough(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] a = [T.One, T.NaN, T.One];
        T[] c = [T.Zero, T.NaN, T.Zero];
        operations.MultiplyTransposed(2, a, 2, operations.Pack(1, 1, a, 2), c, 2);
        Assert.Equal([T.One, T.NaN, T.One], c);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_WrongArguments_Throw(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        PackedOperand<T> packed = operations.Pack(2, 3, new T[6], 3);
        Action[] wrong =
        [
            () => operations.Pack(-1, 3, new T[6], 3),
            () => operations.Pack(2, -1, new T[6], 3),
            () => operations.Pack(2, 3, new T[5], 3),
            () => operations.Pack(2, 3, new T[6], 2),
            () => operations.MultiplyTransposed(2, new T[6], 3, null!, new T[4], 2),
            () => operations.MultiplyTransposed(-1, new T[6], 3, packed, new T[4], 2),
            () => operations.MultiplyTransposed(2, new T[5], 3, packed, new T[4], 2),
            () => operations.MultiplyTransposed(2, new T[6], 2, packed, new T[4], 2),
            () => operations.MultiplyTransposed(2, new T[6], 3, packed, new T[3], 2),
            () => operations.MultiplyTransposed(2, new T[6], 3, packed, new T[4], 1),
            () => operations.AddTransposedProduct(2, 2, -1, new T[6], 2, new T[6], 2, new T[4], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[5], 2, new T[6], 2, new T[4], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[6], 2, new T[5], 2, new T[4], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[6], 2, new T[6], 2, new T[3], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[6], 1, new T[6], 2, new T[4], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[6], 2, new T[6], 1, new T[4], 2),
            () => operations.AddTransposedProduct(2, 2, 3, new T[6], 2, new T[6], 2, new T[4], 1),
            () => operations.Cholesky(-1, new T[4], 2),
            () => operations.Cholesky(2, new T[3], 2),
            () => operations.Cholesky(2, new T[4], 1),
            () => operations.InvertFromCholesky(-1, new T[4], 2),
            () => operations.InvertFromCholesky(2, new T[3], 2),
            () => operations.InvertFromCholesky(2, new T[4], 1),
            () => operations.SolveTriangular(-1, 2, new T[4], 2, new T[4], 2),
            () => operations.SolveTriangular(2, 2, new T[3], 2, new T[4], 2),
            () => operations.SolveTriangular(2, 2, new T[4], 1, new T[4], 2),
            () => operations.SolveTriangular(2, 2, new T[4], 2, new T[3], 2),
            () => operations.SolveTriangular(2, 2, new T[4], 2, new T[4], 1),
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
    public void MultiplyTransposed_OperandPackedByAnotherBackend_Throws()
    {
        foreach (BackendKind packer in TestBackends.Kinds)
        {
            PackedOperand<T> packed = Operations(packer).Pack(1, 1, [T.One], 1);
            foreach (BackendKind multiplier in TestBackends.Kinds)
            {
                void Multiply() => Operations(multiplier).MultiplyTransposed(1, [T.One], 1, packed, new T[1], 1);
                Exception? error = Record.Exception(Multiply);
                Assert.Equal(packer != multiplier, error is ArgumentException);
            }
        }
    }
}
