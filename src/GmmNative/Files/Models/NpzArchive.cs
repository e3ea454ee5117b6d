using GmmNative.Errors;
using GmmNative.Files.Zip;

namespace GmmNative.Files.Models;

/// <summary>The arrays of a <c>.npz</c> file, by name.</summary>
/// <param name="stream">The file; it can seek and is not disposed.</param>
internal sealed class NpzArchive(Stream stream)
{
    private const string Extension = ".npy";
    private const int NamesShown = 8;

    private readonly IReadOnlyList<ZipMember> _members = ZipDirectory.Read(stream);

    /// <summary>Finds an array and reads its header.</summary>
    /// <param name="name">The array's name, without .npy.</param>
    /// <returns>The array, or <see langword="null"/> if there is none of the name.</returns>
    /// <exception cref="FileProblemException">It is no .npy, or sizes do not agree.</exception>
    public NpzMember? Find(string name) =>
        _members.FirstOrDefault(m => m.Name == name + Extension) is ZipMember member ? NpzMember.Open(stream, member, name) : null;

    /// <summary>Finds an array that must be there.</summary>
    /// <exception cref="FileProblemException">There is none of the name, it is no .npy, or sizes do not agree.</exception>
    public NpzMember Require(string name)
    {
        if (Find(name) is NpzMember member)
        {
            return member;
        }

        string found = string.Join(", ", _members.Take(NamesShown).Select(m => MessageText.Quote(ArrayName(m.Name))));
        throw new FileProblemException($"there is no array '{name}' in it, only {(found.Length == 0 ? "nothing" : found)}.");
    }

    private static string ArrayName(string member) =>
        member.EndsWith(Extension, StringComparison.Ordinal) ? member[..^Extension.Length] : member;
}
