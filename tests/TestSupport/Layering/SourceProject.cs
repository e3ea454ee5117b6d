using System.Text.RegularExpressions;

namespace GmmNative.TestSupport.Layering;

/// <summary>
/// The source files of one project, and the rules of the house that show in them. Each rule gives what breaks it, a line each.
/// </summary>
public sealed partial class SourceProject
{
    private const int MaximumLines = 400;
    private const int MaximumColumns = 140;
    private const int MaximumFiles = 20;

    private readonly string _root;
    private readonly string _rootNamespace;

    /// <summary>Reads the project <c>src/NAME</c>, whose root namespace has its name.</summary>
    public SourceProject(string name)
    {
        _rootNamespace = name;
        _root = Path.Combine(TestData.Root, "src", name);
        Files = [.. Directory.EnumerateFiles(_root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The files, by their paths from the project's folder.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folder of each type that a file is named after; the project's own folder is the empty text.</summary>
    public IReadOnlyDictionary<string, string> FoldersByType() => Files.ToDictionary(NameOf, FolderOf);

    /// <summary>Files that share their name, and so the type they are named after.</summary>
    public IEnumerable<string> SharedNames() =>
        Files.GroupBy(NameOf).Where(files => files.Count() > 1).Select(files => string.Join(", ", files));

    /// <summary>
    /// Folders with too many files, files with too many lines, lines with too many columns, and methods that are too long without a reason.
    /// </summary>
    public IEnumerable<string> TooLarge()
    {
        foreach (IGrouping<string, string> folder in Files.GroupBy(FolderOf).Where(files => files.Count() > MaximumFiles))
        {
            yield return $"folder {folder.Key}: {folder.Count()} files, more than {MaximumFiles}";
        }

        foreach (string file in Files)
        {
            string[] lines = Lines(file);
            if (lines.Length > MaximumLines)
            {
                yield return $"{file}: {lines.Length} lines, more than {MaximumLines}";
            }

            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > MaximumColumns)
                {
                    yield return $"{file}({i + 1}): {lines[i].Length} columns, more than {MaximumColumns}";
                }
            }

            foreach ((int line, int length) in SourceMethods.TooLong(lines))
            {
                yield return $"{file}({line}): a method of {length} lines, and no comment above it that gives the reason";
            }
        }
    }

    /// <summary>
    /// Files in another namespace than they should be: public types belong to the root namespace, so that users need one; internal ones to
    /// the namespace of their folder.
    /// </summary>
    public IEnumerable<string> WrongNamespaces()
    {
        foreach (string file in Files)
        {
            string text = File.ReadAllText(Path.Combine(_root, file));
            Match type = TypeDeclaration().Match(text);
            string folder = FolderOf(file);
            string expected = type.Groups["access"].Value == "public" || folder.Length == 0
                ? _rootNamespace : $"{_rootNamespace}.{folder.Replace('/', '.')}";
            string actual = NamespaceDeclaration().Match(text).Groups["name"].Value;

            // Top-level statements and attributes of the assembly have no namespace.
            if (type.Success && actual != expected)
            {
                yield return $"{file}: namespace {actual}, not {expected}";
            }
        }
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static string FolderOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private string[] Lines(string file) => File.ReadAllLines(Path.Combine(_root, file));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^(?<access>public|internal) (?:\w+ )*(?:class|struct|record|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
