namespace GmmNative.TestSupport;

/// <summary>A new empty folder, removed with everything in it when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmm-test-");

    /// <summary>Its path.</summary>
    public string FullName => _folder.FullName;

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file into it.</summary>
    /// <returns>The file's path.</returns>
    public string Write(string name, byte[] contents)
    {
        string path = PathOf(name);
        File.WriteAllBytes(path, contents);
        return path;
    }

    /// <summary>Writes a UTF-8 file without a byte order mark into it.</summary>
    /// <returns>The file's path.</returns>
    public string Write(string name, string contents)
    {
        string path = PathOf(name);
        File.WriteAllText(path, contents);
        return path;
    }

    /// <summary>The names of all files in it, sorted.</summary>
    public string[] FileNames() => [.. _folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
