namespace GmmNative;

/// <summary>Options for reading vector files: properties that the files do not specify, and the columns to read.</summary>
/// <example>
/// <code>
/// VectorFileOptions options = new() { ColumnNames = ["eruptions", "waiting"], Header = HeaderRow.Yes };
/// using IVectorSource rows = VectorFile.Open("faithful.csv", options);
/// </code>
/// </example>
public sealed record VectorFileOptions
{
    /// <summary>The dimension D of raw numbers, at least 1. Raw numbers cannot be read without it; other formats ignore it.</summary>
    public int? Dimension { get; init; }

    /// <summary>
    /// The number type of raw numbers. <see langword="null"/>, the default, uses the type of the extension <c>.f32</c>, <c>.f64</c> or
    /// <c>.i32</c>, otherwise 64-bit floating point, which is rejected if the numbers look like 32-bit numbers. Other formats ignore it.
    /// </summary>
    public RawNumberType? RawType { get; init; }

    /// <summary>
    /// The format of all files. <see langword="null"/>, the default, detects it from the first bytes and the extension.
    /// </summary>
    public VectorFileFormat? Format { get; init; }

    /// <summary>
    /// Whether the first line of a text file names the columns. The default is <see cref="HeaderRow.Auto"/>. Other formats ignore it.
    /// </summary>
    public HeaderRow Header { get; init; }

    /// <summary>
    /// The columns to read, in the given order; <see langword="null"/>, the default, reads all. Each entry is a column name, or a
    /// comma-separated list of names, numbers from 1, ranges <c>2-5</c> or <c>2..5</c>, and any of these after <c>!</c>, which selects all
    /// columns except these. An exact name takes precedence over a number, and a number over a range. A column may be selected only once.
    /// An index column is not counted.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// The name of the column that contains the weights of the rows, or <see langword="null"/>, the default, for rows without weights. It
    /// is not a coordinate: the weights become <see cref="IVectorSource.RowWeights"/>. Only text has column names.
    /// </summary>
    public string? WeightColumn { get; init; }

    /// <summary>
    /// The names of the columns to read, in order, usually the column names of a model; <see langword="null"/>, the default, reads all. In
    /// data with column names they are looked up, and other columns are left out. Data without column names is read unchanged.
    /// </summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Whether a leading part of <see cref="ColumnNames"/> is sufficient. The default is false.</summary>
    public bool LeadingColumnsSuffice { get; init; }

    /// <summary>
    /// What happens to missing values: NaN, and in text also empty fields, NA and null. The default is <see cref="MissingValues.Error"/>:
    /// such a field of text cannot be read. Otherwise it is read as NaN, and the policy becomes
    /// <see cref="IVectorSource.MissingValues"/> of the source.
    /// </summary>
    public MissingValues MissingValues { get; init; }

    /// <summary>
    /// Further formats, which are tried before the built-in formats unless <see cref="Format"/> is given. They come from other packages,
    /// such as <c>GmmNative.Formats.Parquet</c>. The default is none.
    /// </summary>
    public IReadOnlyList<IVectorFormat> AdditionalFormats { get; init; } = [];

    /// <summary>Called with a message when columns are left out or an ambiguous input is interpreted. The default is null.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>The origin of <see cref="ColumnNames"/>, for messages.</summary>
    internal string ColumnNamesFrom { get; init; } = "the model";

    /// <summary>Whether a <c>.npy</c> array of one dimension is read as one column.</summary>
    internal bool AcceptsOneDimension { get; init; }
}
