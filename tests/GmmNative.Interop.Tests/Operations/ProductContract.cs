using System.Numerics;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The products against the double-double reference.</summary>
/// <remarks>
/// The bound is that of a sum of k products in any order, with or without fused operations: |error| &lt;= gamma_(k+1) (|A||B| + |C|)
/// (Higham 3.5; one rounding more for the addition of C), plus 1e-29 for the reference itself.
/// </remarks>
public abstract class ProductContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void MultiplyTransposed_OddSizes_IsWithinRoundingOfReference(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(1);
        foreach ((int m, int n, int k) in Sizes.Triples(11))
        {
            PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, m, k, random.Next(3));
            PaddedMatrix<T> b = PaddedMatrix<T>.Random(random, n, k, random.Next(3));

            // C is NaN all over: it is to be overwritten, not multiplied by zero.
            var c = new PaddedMatrix<T>(m, n, random.Next(3), (_, _) => double.NaN, random.Next(3));
            operations.MultiplyTransposed(m, a.Span, a.LeadingDimension, operations.Pack(n, k, b.Span, b.LeadingDimension), c.Span, c.LeadingDimension);

            DenseMatrix bTransposed = b.ToReference().Transposed();
            DenseMatrix scale = a.ToReference().Absolute().Times(bTransposed.Absolute());
            ErrorBound<T>.AssertWithin(
                a.ToReference().Times(bTransposed), c.ToReference(), scale, ErrorBound<T>.Gamma(k + 1), $"{m} x {n} x {k}");
            a.AssertUntouched();
            b.AssertUntouched();
            c.AssertUntouchedBut((_, _) => true);
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AddTransposedProduct_OddSizes_IsWithinRoundingOfReference(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(2);
        foreach ((int m, int n, int k) in Sizes.Triples(12))
        {
            PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, k, m, random.Next(3));
            PaddedMatrix<T> b = PaddedMatrix<T>.Random(random, k, n, random.Next(3));
            PaddedMatrix<T> c = PaddedMatrix<T>.Random(random, m, n, random.Next(3));
            operations.AddTransposedProduct(
                m, n, k, a.Span, a.LeadingDimension, b.Span, b.LeadingDimension, c.Span, c.LeadingDimension);

            DenseMatrix aTransposed = a.ToReference().Transposed();
            DenseMatrix scale = aTransposed.Absolute().Times(b.ToReference().Absolute()).Plus(c.OriginalReference().Absolute());
            DenseMatrix expected = aTransposed.Times(b.ToReference()).Plus(c.OriginalReference());
            ErrorBound<T>.AssertWithin(expected, c.ToReference(), scale, ErrorBound<T>.Gamma(k + 1), $"{m} x {n} x {k}");
            a.AssertUntouched();
            b.AssertUntouched();
            c.AssertUntouchedBut((_, _) => true);
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AddSymmetricProduct_OddSizes_IsWithinRoundingOfReferenceInLowerTriangle(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(3);
        foreach ((int n, _, int k) in Sizes.Triples(13).Where(size => (long)size.M * size.M * size.K <= 300_000))
        {
            PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, k, n, random.Next(3));
            PaddedMatrix<T> c = PaddedMatrix<T>.Random(random, n, n, random.Next(3));
            operations.AddSymmetricProduct(n, k, a.Span, a.LeadingDimension, c.Span, c.LeadingDimension);

            DenseMatrix reference = a.ToReference();
            DenseMatrix absolute = reference.Absolute();
            DenseMatrix scale = absolute.Transposed().Times(absolute).Plus(c.OriginalReference().Absolute());
            DenseMatrix expected = reference.Transposed().Times(reference).Plus(c.OriginalReference());
            ErrorBound<T>.AssertWithin(expected, c.ToReference(), scale, ErrorBound<T>.Gamma(k + 1), $"{n} x {k}", lowerOnly: true);
            a.AssertUntouched();
            c.AssertUntouchedBut((row, column) => column <= row);
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Pack_OperandChangedAfterwards_KeepsItsValues(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] b = [T.One, T.One + T.One];
        PackedOperand<T> packed = operations.Pack(1, 2, b, 2);
        b.AsSpan().Fill(T.NaN);
        T[] c = [T.NaN];
        operations.MultiplyTransposed(1, [T.One, T.One], 2, packed, c, 1);
        Assert.Equal((1, 2), (packed.N, packed.K));
        Assert.Equal(T.CreateChecked(3), c[0]);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void MultiplyTransposed_NaNInOneRow_StaysInThatRow(BackendKind kind)
    {
        const int Size = 33;
        const int Sick = 20;
        IDenseOperations<T> operations = Operations(kind);
        var a = new PaddedMatrix<T>(Size, Size, 2, (i, j) => i == Sick && j == 3 ? double.NaN : 1);
        var b = new PaddedMatrix<T>(Size, Size, 1, (_, _) => 1);
        var c = new PaddedMatrix<T>(Size, Size, 0, (_, _) => 0);
        operations.MultiplyTransposed(
            Size, a.Span, a.LeadingDimension, operations.Pack(Size, Size, b.Span, b.LeadingDimension), c.Span, c.LeadingDimension);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                Assert.Equal(i == Sick ? T.NaN : T.CreateChecked(Size), c[i, j]);
            }
        }
    }
}
