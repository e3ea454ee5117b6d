using GmmNative.Errors;
using GmmNative.Files.Models;
using GmmNative.Files.Npy;
using GmmNative.Files.Rows;
using GmmNative.Files.Text;

namespace GmmNative.Files.Vectors;

/// <summary>Reads a member of a NumPy archive into memory. The checksum of the member is verified.</summary>
internal static class NpzVectors
{
    /// <summary>Reads an array.</summary>
    /// <param name="file">The archive, which must be seekable. It is not disposed.</param>
    /// <param name="member">The name of the array; <see langword="null"/> if the archive has only one.</param>
    /// <param name="name">The name of the input in messages.</param>
    /// <param name="acceptsOneDimension">Whether an array of one dimension is one column.</param>
    /// <exception cref="FileProblemException">The archive has no such array, or it is damaged or not a matrix of numbers.</exception>
    public static LoadedVectorSource Read(Stream file, string? member, string name, bool acceptsOneDimension)
    {
        NpzArchive archive = new(file);
        if (member is null && archive.Names.Count != 1)
        {
            string names = string.Join(", ", archive.Names.Take(NpzArchive.NamesShown).Select(MessageText.Quote));
            throw new FileProblemException(archive.Names.Count == 0 ? "it contains no arrays."
                : $"it contains {archive.Names.Count} arrays, {names}: name one as FILE.npz:NAME.");
        }

        string wanted = member ?? archive.Names[0];
        NpzMember array = archive.Require(wanted.EndsWith(".npy", StringComparison.Ordinal) ? wanted[..^4] : wanted);
        NpyHeader header = NpyVectors.AsMatrix(array.Header, acceptsOneDimension);
        if (header.Shape[1] > DelimitedText.MaximumColumns)
        {
            throw new FileProblemException($"vectors of dimension {header.Shape[1]} can be read only from a .npy file.");
        }

        RowStore rows = new((int)header.Shape[1]);
        if (header.FortranOrder)
        {
            RowStore numbers = new(1);
            array.Scan(numbers.Append);
            rows.AddTransposed(numbers);
        }
        else
        {
            array.Scan(rows.Append);
        }

        return new LoadedVectorSource(rows, name);
    }
}
