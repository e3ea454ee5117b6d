using GmmNative.Errors;
using GmmNative.Files.Options;

namespace GmmNative;

/// <summary>A file that an <see cref="IVectorFormat"/> opens, and the columns that are requested.</summary>
/// <example>
/// <code>
/// static int CountColumns(VectorFormatInput input, string[] names) => input.ResolveColumns(names, names.Length)?.Count ?? names.Length;
/// </code>
/// </example>
public sealed class VectorFormatInput
{
    private readonly ColumnRequest _request;

    internal VectorFormatInput(FileStream stream, string? member, ColumnRequest request)
    {
        Stream = stream;
        Member = member;
        _request = request;
    }

    /// <summary>The file, seekable and at its start. The source that is returned owns it.</summary>
    public FileStream Stream { get; }

    /// <summary>The name of the file in messages.</summary>
    public string Name => _request.Source;

    /// <summary>The member of the file that the path names, as in <c>file.h5:dataset</c>, or <see langword="null"/>.</summary>
    public string? Member { get; }

    /// <summary>Determines the requested columns.</summary>
    /// <param name="names">The names of the columns of the file, or <see langword="null"/>.</param>
    /// <param name="count">The number of columns of the file.</param>
    /// <returns>The columns, from 0, in the requested order; <see langword="null"/> for all columns in their order.</returns>
    /// <exception cref="ArgumentException">The caller selects a column that does not exist.</exception>
    /// <exception cref="InvalidDataException">A column required by name is missing or ambiguous.</exception>
    public IReadOnlyList<int>? ResolveColumns(IReadOnlyList<string>? names, int count)
    {
        try
        {
            return _request.Resolve(names, count);
        }
        catch (FileProblemException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Reports a note about the file.</summary>
    /// <param name="text">One sentence that continues after the name of the file.</param>
    public void Notice(string text) => _request.Notice(text);
}
