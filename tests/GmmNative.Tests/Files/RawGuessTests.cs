using System.Runtime.InteropServices;
using CsCheck;
using GmmNative.Errors;
using GmmNative.Files.Numbers;
using GmmNative.Files.Vectors;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Raw 32-bit numbers are not silently read as 64-bit numbers, and true 64-bit numbers are read.</summary>
public sealed class RawGuessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> SingleData => ["normal", "small", "counts", "one of seven", "pixels", "large", "tiny values", "few"];

    public static TheoryData<string> DoubleData =>
        ["normal", "tenths", "hundredths", "thirds", "whole", "large whole", "widened", "halves", "zeros", "tiny", "huge", "logarithms",
            "nan", "few"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SingleData))]
    public void Open_SinglesWithoutAType_AreRefused(string kind)
    {
        Random random = new(5);
        float[] values = [.. Enumerable.Range(0, kind == "few" ? 24 : 4000).Select(i => kind switch
        {
            "small" => (float)(1e-4 * Normal(random)),
            "counts" => random.Next(1, 20),
            "one of seven" => i % 7 == 3 ? 1f : 0f,
            "pixels" => random.Next(256),
            "large" => (float)(1e5 + (1e3 * Normal(random))),
            "tiny values" => (float)(1e-7 * Normal(random)),
            _ => (float)Normal(random),
        })];
        string path = _folder.Write("x.raw", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        VectorFileOptions options = new() { Dimension = 4 };
        Refusal.Expect<VectorDataException>(() => VectorFile.Open(path, options), path, "32-bit", "--type f32");
        using MemoryStream stream = new(File.ReadAllBytes(path));
        Assert.Throws<FileProblemException>(() => RawNumbers.Load(stream, "x", NpyElementType.Float64, 4, isGuess: true));

        Assert.Equal(values.Length / 4, Count(path, options with { RawType = RawNumberType.Float32 }));
        Assert.Equal(values.Length / 8, Count(path, options with { RawType = RawNumberType.Float64 }));
        Assert.Equal(values.Length / 4, Count(_folder.Write("x.f32", File.ReadAllBytes(path)), options));
        Assert.Equal(values.Length / 8, Count(_folder.Write("x.F64", File.ReadAllBytes(path)), options));
    }

    [Theory]
    [MemberData(nameof(DoubleData))]
    public void Open_DoublesWithoutAType_AreRead(string kind)
    {
        Random random = new(6);
        double[] values = [.. Enumerable.Range(0, kind == "few" ? 8 : 4000).Select(i => kind switch
        {
            "tenths" => Math.Round(50 * Normal(random), 1),
            "hundredths" => Math.Round(Normal(random), 2),
            "thirds" => random.Next(1, 100) / 3.0,
            "whole" => random.Next(-5000, 5000),
            "large whole" => 1_700_000_000_000 + random.Next(),
            "widened" => (float)Normal(random),
            "halves" => random.Next(100) / 2.0,
            "zeros" => 0,
            "tiny" => 1e-300 * Normal(random),
            "huge" => 1e250 * Normal(random),
            "logarithms" => Math.Log(random.NextDouble()),
            "nan" => i % 3 == 0 ? double.NaN : Normal(random),
            _ => Normal(random),
        })];
        string path = _folder.Write("x.raw", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        Assert.Equal(values.Length / 4, Count(path, new VectorFileOptions { Dimension = 4 }));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Open_IntegersWithoutAType_AreRefused(int size)
    {
        Random random = new(7);
        int[] values = [.. Enumerable.Range(0, 200).Select(_ => random.Next(100))];
        byte[] bytes = size == 4
            ? MemoryMarshal.AsBytes(values.AsSpan()).ToArray()
            : MemoryMarshal.AsBytes<long>(values.Select(v => (long)v).ToArray()).ToArray();
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(_folder.Write("x.raw", bytes), new VectorFileOptions { Dimension = 2 }),
            "integers", "--type f64", ".i32");
    }

    [Fact]
    public void Open_AnyDoublesWithFractions_AreRead()
    {
        Gen.Double[-1e6, 1e6].Array[6, 300].Sample(
            values =>
            {
                RawGuess guess = new();
                guess.Look(MemoryMarshal.AsBytes(values.AsSpan()));
                guess.ThrowIfWrong();
            },
            iter: 50_000,
            threads: 1);
    }

    [Fact]
    public void Open_SizeOfSinglesOnly_NamesTheType()
    {
        string path = _folder.Write("x.raw", MemoryMarshal.AsBytes([.. Enumerable.Range(0, 15).Select(i => i + 0.25f)]).ToArray());
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(path, new VectorFileOptions { Dimension = 3 }), path, "60 bytes", "24", "32-bit", "--type f32");
    }

    [Fact]
    public void Open_Integers_AreReadByTheirExtension()
    {
        string path = _folder.Write("x.i32", MemoryMarshal.AsBytes<int>([1, -2, 3, 4]).ToArray());
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Dimension = 2 });
        using IDisposable? file = source as IDisposable;
        Assert.Equal([1, -2, 3, 4], source.ReadAll());
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static long? Count(string path, VectorFileOptions options)
    {
        IVectorSource source = VectorFile.Open(path, options);
        using IDisposable? file = source as IDisposable;
        return source.RowCount;
    }
}
