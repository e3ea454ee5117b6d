using GmmNative.Errors;
using GmmNative.Files.Zip;

namespace GmmNative.Files.Models;

/// <summary>The arrays of a <c>.npz</c> file, by name.</summary>
/// <param name="stream">The file, which must be seekable. It is not disposed.</param>
internal sealed class NpzArchive(Stream stream)
{
    /// <summary>The number of names that a message lists.</summary>
    public const int NamesShown = 8;

    private const string Extension = ".npy";

    private readonly IReadOnlyList<ZipMember> _members = ZipDirectory.Read(stream);

    /// <summary>The names of the arrays.</summary>
    public IReadOnlyList<string> Names => [.. _members.Where(m => m.Name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(m => ArrayName(m.Name))];

    /// <summary>Finds an array and reads its header.</summary>
    /// <param name="name">The name of the array, without .npy.</param>
    /// <returns>The array, or <see langword="null"/> if there is no array with this name.</returns>
    /// <exception cref="FileProblemException">The array is not a valid .npy, or its sizes do not agree.</exception>
    public NpzMember? Find(string name) =>
        _members.FirstOrDefault(m => m.Name == name + Extension) is ZipMember member ? NpzMember.Open(stream, member, name) : null;

    /// <summary>Returns whether there is an array, without reading it.</summary>
    /// <param name="name">The name of the array, without .npy.</param>
    public bool Has(string name) => _members.Any(m => m.Name == name + Extension);

    /// <summary>Finds an array that must exist.</summary>
    /// <exception cref="FileProblemException">
    /// There is no array with this name, the array is not a valid .npy, or its sizes do not agree.
    /// </exception>
    public NpzMember Require(string name)
    {
        if (Find(name) is NpzMember member)
        {
            return member;
        }

        string found = string.Join(", ", _members.Take(NamesShown).Select(m => MessageText.Quote(ArrayName(m.Name))));
        throw new FileProblemException($"it has no array '{name}', only {(found.Length == 0 ? "nothing" : found)}.");
    }

    private static string ArrayName(string member) =>
        member.EndsWith(Extension, StringComparison.Ordinal) ? member[..^Extension.Length] : member;
}
