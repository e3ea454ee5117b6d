using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The products against the double-double reference.</summary>
/// <remarks>
/// The bound is that of a sum of k products in any order, with or without fused operations: |error| &lt;= gamma_(k+1) (|A||B| + |C|)
/// (Higham 3.5; one rounding more for the addition of C or the bias), plus 1e-29 for the reference itself.
/// </remarks>
public abstract class ProductContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void MultiplyStrips_WithBias_IsWithinRoundingOfReference(BackendKind kind) => CheckMultiplyStrips(kind, seed: 1, biased: true);

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void MultiplyStrips_WithoutBias_AddsWithinRoundingOfReference(BackendKind kind) =>
        CheckMultiplyStrips(kind, seed: 2, biased: false);

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Pack_WithASpentOperand_MultipliesWithTheSameBits(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(5);
        foreach ((int m, int k, int rows) in Sizes.StripTriples(12, operations.Strips(1).Width))
        {
            // Only an operand of the same sizes can be overwritten. All are full of NaN.
            PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, m, k, random.Next(3));
            GuardedStrips<T> b = GuardedStrips<T>.Random(random, operations.Strips(rows), k, k);
            T[] expected = Product(operations, operations.Pack(m, k, a.Span, a.LeadingDimension), b);
            foreach ((int spentM, int spentK) in ((int, int)[])[(m, k), (m + 1, k), (m, k + 1), (k, m)])
            {
                T[] ruined = new T[spentM * spentK];
                ruined.AsSpan().Fill(T.NaN);
                PackedOperand<T> spent = operations.Pack(spentM, spentK, ruined, spentK);
                PackedOperand<T> packed = operations.Pack(m, k, a.Span, a.LeadingDimension, spent);
                Assert.Equal(expected, Product(operations, packed, b));
            }
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AddStripProduct_OddSizes_IsWithinRoundingOfReference(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(3);
        foreach ((int m, int n, int rows) in Sizes.StripTriples(12, operations.Strips(1).Width))
        {
            // The lanes beyond the last row are zero in one operand and finite in the other; all else around the rows is NaN.
            RowStrips strips = operations.Strips(rows);
            (double emptyA, double emptyB) = random.Next(2) == 0 ? (0.0, 1e30) : (-1e30, 0.0);
            int heightA = RowStrips.PaddedHeight(m) + (8 * random.Next(2));
            GuardedStrips<T> a = GuardedStrips<T>.Random(random, strips, m, heightA, emptyA, random.Next(3));
            GuardedStrips<T> b = GuardedStrips<T>.Random(random, strips, n, n + random.Next(4), emptyB, random.Next(3));
            PaddedMatrix<T> c = PaddedMatrix<T>.Random(random, m, n, random.Next(3));
            operations.AddStripProduct(m, n, a.Matrix, b.Matrix, c.Span, c.LeadingDimension);

            DenseMatrix aTransposed = a.ToReference().Transposed();
            DenseMatrix scale = aTransposed.Absolute().Times(b.ToReference().Absolute()).Plus(c.OriginalReference().Absolute());
            DenseMatrix expected = aTransposed.Times(b.ToReference()).Plus(c.OriginalReference());
            ErrorBound<T>.AssertWithin(expected, c.ToReference(), scale, ErrorBound<T>.Gamma(rows + 1), $"{m} x {n}, {rows} rows");
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
        var random = new Random(4);
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
        T[] a = [T.One, T.One + T.One];
        PackedOperand<T> packed = operations.Pack(1, 2, a, 2);
        a.AsSpan().Fill(T.NaN);
        RowStrips strips = operations.Strips(1);
        var b = new GuardedStrips<T>(strips, 2, 2, (_, _) => 1);
        GuardedStrips<T> c = GuardedStrips<T>.Unset(strips, 1);
        operations.MultiplyStrips(packed, b.Matrix, new T[c.Height], c.Matrix);
        Assert.Equal((1, 2), (packed.M, packed.K));
        Assert.Equal(T.CreateChecked(3), c[0, 0]);
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void MultiplyStrips_NaNInOneRow_StaysInThatRow(BackendKind kind)
    {
        const int Size = 33;
        const int Rows = 131;
        IDenseOperations<T> operations = Operations(kind);
        RowStrips strips = operations.Strips(Rows);
        var a = new PaddedMatrix<T>(Size, Size, 2, (_, _) => 1);
        PackedOperand<T> packed = operations.Pack(Size, Size, a.Span, a.LeadingDimension);
        foreach (int sick in (int[])[0, 20, Rows - 1])
        {
            var b = new GuardedStrips<T>(strips, Size, Size, (row, value) => row == sick && value == 3 ? double.NaN : 1);
            foreach (bool biased in (bool[])[true, false])
            {
                var c = new GuardedStrips<T>(strips, Size, RowStrips.PaddedHeight(Size), (_, _) => 0);
                operations.MultiplyStrips(packed, b.Matrix, biased ? new T[c.Height] : [], c.Matrix);
                for (int row = 0; row < Rows; row++)
                {
                    for (int value = 0; value < Size; value++)
                    {
                        Assert.Equal(row == sick ? T.NaN : T.CreateChecked(Size), c[row, value]);
                    }
                }
            }
        }
    }

    private static T[] Product(IDenseOperations<T> operations, PackedOperand<T> a, GuardedStrips<T> b)
    {
        GuardedStrips<T> c = GuardedStrips<T>.Unset(b.Strips, a.M);
        operations.MultiplyStrips(a, b.Matrix, new T[c.Height], c.Matrix);
        return [.. c.Elements()];
    }

    private static void CheckMultiplyStrips(BackendKind kind, int seed, bool biased)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(seed);
        foreach ((int m, int rows, int k) in Sizes.StripTriples(11, operations.Strips(1).Width))
        {
            RowStrips strips = operations.Strips(rows);
            PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, m, k, random.Next(3));

            // Lanes beyond the last row are NaN here: they must not reach the rows.
            GuardedStrips<T> b = GuardedStrips<T>.Random(random, strips, k, k + random.Next(4), double.NaN, random.Next(3));

            // With a bias C is NaN all over: it is to be overwritten, not multiplied by zero.
            int height = RowStrips.PaddedHeight(m) + (8 * random.Next(2));
            GuardedStrips<T> c = biased
                ? new GuardedStrips<T>(strips, m, height, (_, _) => double.NaN, double.NaN, random.Next(3))
                : GuardedStrips<T>.Random(random, strips, m, height, double.NaN, random.Next(3));
            T[] bias = new T[RowStrips.PaddedHeight(m)];
            for (int i = 0; i < bias.Length; i++)
            {
                bias[i] = i < m ? T.CreateChecked(PaddedMatrix<T>.NextValue(random)) : T.NaN;
            }

            operations.MultiplyStrips(operations.Pack(m, k, a.Span, a.LeadingDimension), b.Matrix, biased ? bias : [], c.Matrix);

            DenseMatrix addend = biased ? DenseMatrix.From(rows, m, (_, i) => double.CreateChecked(bias[i])) : c.OriginalReference();
            DenseMatrix aTransposed = a.ToReference().Transposed();
            DenseMatrix expected = b.ToReference().Times(aTransposed).Plus(addend);
            DenseMatrix scale = b.ToReference().Absolute().Times(aTransposed.Absolute()).Plus(addend.Absolute());
            ErrorBound<T>.AssertWithin(expected, c.ToReference(), scale, ErrorBound<T>.Gamma(k + 1), $"{m} x {k}, {rows} rows");
            a.AssertUntouched();
            b.AssertUntouched();
            c.AssertNothingAroundTouched();
        }
    }
}
