using System.Runtime.InteropServices;
using System.Text;

namespace GmmNative.Cli.Tests;

/// <summary>Data and models that the tests of several commands use.</summary>
internal static class TestData
{
    /// <summary>Old Faithful: 272 rows of 2 numbers.</summary>
    public static string Faithful { get; } = Path.Combine(AppContext.BaseDirectory, "faithful.csv");

    /// <summary>Speech: 8000 rows of 39 numbers.</summary>
    public static string Speech { get; } = Path.Combine(AppContext.BaseDirectory, "speech-en-8k.npy");

    /// <summary>The bytes of numbers, little-endian as everywhere .NET runs.</summary>
    public static byte[] Bytes(params double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>The numbers in bytes.</summary>
    public static double[] Doubles(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes).ToArray();

    /// <summary>A .npy file of version 1.0 with the header and the data that are given, right or wrong.</summary>
    public static byte[] Npy(string descr, string shape, byte[] data)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight((((10 + header.Length + 1 + 63) / 64) * 64) - 10 - 1) + '\n';
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length & 0xFF), (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. data,
        ];
    }

    /// <summary>A .npy file of rows of <paramref name="dimension"/> numbers.</summary>
    public static byte[] Npy(int dimension, params double[] values) =>
        Npy("<f8", $"({values.Length / dimension}, {dimension})", Bytes(values));

    /// <summary>The numbers of a .npy file of float64 of any shape.</summary>
    public static double[] ReadNpy(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return Doubles(file[(10 + file[8] + (file[9] << 8))..]);
    }

    /// <summary>Weights 0.25 and 0.75, means (0, 0) and (10, 20), variances (1, 4) and (9, 16).</summary>
    public static GaussianMixture Model { get; } =
        new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.25, 0.75], [0, 0, 10, 20], [1, 4, 9, 16]);

    /// <summary>The log-density of (x, y) under <see cref="Model"/>, from the definition.</summary>
    public static double LogDensity(double x, double y) => Math.Log(
        (0.25 * Normal(x, 0, 1) * Normal(y, 0, 4)) + (0.75 * Normal(x, 10, 9) * Normal(y, 20, 16)));

    /// <summary>Mixture of two with covariances; x and y are correlated.</summary>
    public static GaussianMixture FullModel { get; } = new(
        new CovarianceStructure(CovarianceKind.Full, 2), [0.5, 0.5], [0, 0, 10, 20], [1, 0.5, 0.5, 2, 4, -1, -1, 3]);

    private static double Normal(double x, double mean, double variance) =>
        Math.Exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
}
