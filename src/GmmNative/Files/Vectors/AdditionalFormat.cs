using GmmNative.Errors;
using GmmNative.Files.Options;
using GmmNative.Files.Rows;

namespace GmmNative.Files.Vectors;

/// <summary>Opens files by formats of other packages.</summary>
internal static class AdditionalFormat
{
    private const double MaximumShareOfMemory = 0.5;
    private const int NumbersAtOnce = 1 << 16;

    /// <summary>Opens a file.</summary>
    /// <param name="format">A format that recognizes the file.</param>
    /// <param name="stream">The file. It is disposed if this method throws.</param>
    /// <param name="member">The member that the path names, or <see langword="null"/>.</param>
    /// <param name="request">The requested columns.</param>
    /// <exception cref="FileProblemException">The file cannot be read.</exception>
    public static IVectorSource Open(IVectorFormat format, FileStream stream, string? member, ColumnRequest request)
    {
        try
        {
            IVectorSource rows = format.Open(new VectorFormatInput(stream, member, request));
            return rows is not IRandomAccessVectorSource && FitsIntoMemory(rows) ? Load(rows, request.Source) : rows;
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new FileProblemException($"it is {format.Name}, but {e.Message}", null, e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static bool FitsIntoMemory(IVectorSource rows) => rows.RowCount is { } count
        && (double)count * rows.Dimension * sizeof(double)
            <= MaximumShareOfMemory * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static LoadedVectorSource Load(IVectorSource rows, string name)
    {
        using IVectorSource source = rows;
        using IVectorReader reader = source.OpenReader();
        RowStore store = new(source.Dimension);
        double[] part = new double[Math.Max(1, NumbersAtOnce / source.Dimension) * source.Dimension];
        for (int read = reader.Read(part); read > 0; read = reader.Read(part))
        {
            store.Append(part.AsSpan(0, read * source.Dimension));
        }

        return store.Count > 0 ? new LoadedVectorSource(store, name, null, source.ColumnNames)
            : throw new FileProblemException("it has no rows.");
    }
}
