namespace GmmNative.Files.Text;

/// <summary>What the first lines of a text say of the others.</summary>
/// <param name="Delimiter">What separates the fields.</param>
/// <param name="Fields">The number of fields of a row.</param>
/// <param name="HasHeader">Whether the first line is none of the rows.</param>
/// <param name="HasIndex">Whether the first field of each row is its number or name, and no column.</param>
/// <param name="Names">The names of the columns, the index left out; <see langword="null"/> where they have none.</param>
/// <param name="MixesWords">Whether the first line is a row though it holds words beside numbers.</param>
internal sealed record TextLayout(byte Delimiter, int Fields, bool HasHeader, bool HasIndex, IReadOnlyList<string>? Names, bool MixesWords)
{
    /// <summary>The number of columns.</summary>
    public int Columns => HasIndex ? Fields - 1 : Fields;
}
