namespace GmmNative;

/// <summary>How to read files of vectors: what they do not say themselves, and which of their columns.</summary>
/// <example>
/// <code>
/// VectorFileOptions options = new() { ColumnNames = ["eruptions", "waiting"], Header = HeaderRow.Yes };
/// using IVectorSource rows = VectorFile.Open("faithful.csv", options);
/// </code>
/// </example>
public sealed record VectorFileOptions
{
    /// <summary>D of raw numbers, at least 1 [none: they cannot be read]. Other formats ignore it.</summary>
    public int? Dimension { get; init; }

    /// <summary>
    /// The number type of raw numbers [none: as the extension says, <c>.f32</c>, <c>.f64</c> or <c>.i32</c>, else 64-bit floating point,
    /// refused where the numbers look like 32-bit ones]. Other formats ignore it.
    /// </summary>
    public RawNumberType? RawType { get; init; }

    /// <summary>The format of all files [none: as their first bytes and their extensions say].</summary>
    public VectorFileFormat? Format { get; init; }

    /// <summary>Whether the first line of a text names its columns [<see cref="HeaderRow.Auto"/>]. Other formats ignore it.</summary>
    public HeaderRow Header { get; init; }

    /// <summary>
    /// The columns to read, in the order wanted [none: all]. Each entry is a column's name, or a list, with commas between, of names,
    /// numbers
    /// from 1, ranges <c>2-5</c> or <c>2..5</c>, and any of these after <c>!</c>, for all columns but those. An exact name wins over a
    /// number,
    /// a number over a range. No column may be chosen twice. An index column is not counted.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// The names of the columns wanted, in the order wanted: those of a model [none: all]. In data that has names they are looked up
    /// there, and
    /// other columns are left out; data without names is taken as it is.
    /// </summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Whether the first of <see cref="ColumnNames"/> are enough [false].</summary>
    public bool LeadingColumnsSuffice { get; init; }

    /// <summary>Called with a line for people when something is left out, or taken for something that it need not be [none].</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Who has <see cref="ColumnNames"/>, for messages.</summary>
    internal string ColumnNamesFrom { get; init; } = "the model";
}
