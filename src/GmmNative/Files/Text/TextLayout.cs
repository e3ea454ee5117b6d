namespace GmmNative.Files.Text;

/// <summary>The layout of a text, determined from its first lines.</summary>
/// <param name="Delimiter">The separator of the fields.</param>
/// <param name="Fields">The number of fields per row.</param>
/// <param name="HasHeader">Whether the first line is a header.</param>
/// <param name="HasIndex">Whether the first field of each row is an index (a number or name) and not a column.</param>
/// <param name="Names">The names of the columns, without the index; <see langword="null"/> if the columns have no names.</param>
/// <param name="MixesWords">Whether the first line is a row although it contains words beside numbers.</param>
internal sealed record TextLayout(byte Delimiter, int Fields, bool HasHeader, bool HasIndex, IReadOnlyList<string>? Names, bool MixesWords)
{
    /// <summary>The number of columns.</summary>
    public int Columns => HasIndex ? Fields - 1 : Fields;
}
