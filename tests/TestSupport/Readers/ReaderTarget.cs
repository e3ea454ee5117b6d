namespace GmmNative.TestSupport;

/// <summary>One reader of the library, as something that takes any bytes.</summary>
/// <param name="Name">Its name, which is also that of its folder in the corpus.</param>
/// <param name="Extensions">The extensions that lead to it, with their points.</param>
/// <param name="Reads">The ways to read a file.</param>
public sealed record ReaderTarget(string Name, IReadOnlyList<string> Extensions, IReadOnlyList<Func<string, ReadResult>> Reads)
{
    /// <summary>All readers. Nothing of the library runs before one is called: instrumented code must not.</summary>
    public static IReadOnlyList<ReaderTarget> All { get; } =
    [
        new("npy", [".npy"], [path => Vectors(path, null)]),
        new("csv", [".csv", ".tsv"], [path => Vectors(path, null)]),
        new("gz", [".csv.gz", ".npy.gz"], [path => Vectors(path, null)]),
        new("raw", [".bin"],
        [
            path => Vectors(path, new VectorFileOptions { Dimension = 1 }),
            path => Vectors(path, new VectorFileOptions { Dimension = 3 }),
            path => Vectors(path, new VectorFileOptions { Dimension = 3, RawType = RawNumberType.Float32 }),
            path => Vectors(path, new VectorFileOptions { Dimension = 1 << 20 }),
            path => Vectors(path, null),
        ]),
        new("kaldi", [".ark"], [path => Vectors(path, null)]),
        new("htk", [".htk"], [path => Vectors(path, new VectorFileOptions { Format = VectorFileFormat.Htk }), path => Vectors(path, null)]),
        new("npz", [".npz"], [path => Model(path, null, null, null)]),
        new("json", [".json"], [path => Model(path, null, null, null)]),
        new("gmm", [".gmm"],
        [
            path => Model(path, 2, 3, null),
            path => Model(path, 3, 2, null),
            path => Model(path, 1, 1, null),
            path => Model(path, null, 2, new CovarianceStructure(CovarianceKind.Full, 4, [2, 2])),
            path => Model(path, null, 2, new CovarianceStructure(CovarianceKind.Diagonal, 4, [2, 2])),
            path => Model(path, null, null, null),
        ]),
    ];

    private static ReadResult Model(string path, int? dimension, int? componentCount, CovarianceStructure? structure)
    {
        GaussianMixture model = ModelFile.Load(path, dimension, componentCount, structure);
        return new ReadResult(
            sizeof(double) * ((long)model.Weights.Length + model.Means.Length + model.Covariances.Length), model.Dimension);
    }

    private static ReadResult Vectors(string path, VectorFileOptions? options)
    {
        const int most = 1 << 13;
        IVectorSource source = VectorFile.Open(path, options);
        using IDisposable? file = source as IDisposable;
        using IVectorReader reader = source.OpenReader();
        double[] rows = new double[Math.Max(1, most / source.Dimension) * source.Dimension];
        long count = 0;
        for (int read = reader.Read(rows); read > 0; read = reader.Read(rows))
        {
            count += read;
        }

        if (count == 0 || (source.RowCount ?? count) != count)
        {
            throw new InvalidOperationException($"{path} has {source.RowCount} rows, but {count} were read.");
        }

        _ = source.DescribeRow(count - 1);
        return new ReadResult(0, 0);
    }
}
