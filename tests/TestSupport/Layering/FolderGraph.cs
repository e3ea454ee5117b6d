using System.Reflection;
using Mono.Cecil;

namespace GmmNative.TestSupport.Layering;

/// <summary>
/// Which folders of a project refer to which, read from its compiled code, bodies of methods included. A type belongs to the folder of the
/// file that has its name. Constants leave no trace in compiled code: a folder that only takes another's constants is not seen.
/// </summary>
public sealed class FolderGraph
{
    private readonly IReadOnlyDictionary<string, string> _folders;
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _arrows = [];
    private readonly SortedSet<string> _homeless = [];

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="folders">The folder of each type.</param>
    public FolderGraph(Assembly assembly, IReadOnlyDictionary<string, string> folders)
    {
        _folders = folders;
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (TypeDefinition type in module.GetTypes())
        {
            string? name = HomeOf(type);
            if (name is null)
            {
                continue;
            }

            TypeReferences references = new(module);
            references.AddType(type);
            foreach (TypeDefinition other in references.Found)
            {
                if (HomeOf(other) is { } target && folders[name] != folders[target])
                {
                    Examples(folders[name], folders[target]).Add($"{name} -> {target}");
                }
            }
        }
    }

    /// <summary>The arrows between folders, each with the types that make it.</summary>
    public IEnumerable<(string From, string To, string Example)> Arrows =>
        _arrows.Select(arrow => (arrow.Key.From, arrow.Key.To, string.Join(", ", arrow.Value.Take(5))));

    /// <summary>Types without a file of their name.</summary>
    public IEnumerable<string> Homeless => _homeless;

    /// <summary>The arrows that lie on a cycle of folders, or of the folders' first levels (<c>Files</c> of <c>Files/Npy</c>).</summary>
    public IEnumerable<string> Cycles() => CyclesOf(folder => folder).Concat(CyclesOf(TopOf)).Distinct();

    /// <summary>The first level of a folder.</summary>
    public static string TopOf(string folder) => folder.Split('/')[0];

    private IEnumerable<string> CyclesOf(Func<string, string> level)
    {
        ILookup<string, string> next = _arrows.Keys.Where(arrow => level(arrow.From) != level(arrow.To))
            .ToLookup(arrow => level(arrow.From), arrow => level(arrow.To));
        return Arrows.Where(arrow => level(arrow.From) != level(arrow.To) && Reaches(next, level(arrow.To), level(arrow.From)))
            .Select(arrow => $"{arrow.From} -> {arrow.To} ({arrow.Example})");
    }

    private static bool Reaches(ILookup<string, string> next, string from, string to)
    {
        HashSet<string> seen = [from];
        Queue<string> open = new([from]);
        while (open.TryDequeue(out string? folder))
        {
            foreach (string target in next[folder].Where(seen.Add))
            {
                open.Enqueue(target);
            }
        }

        return seen.Contains(to);
    }

    /// <summary>The outermost type around a type; <see langword="null"/> for what the compiler makes beside our types.</summary>
    private string? HomeOf(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        string name = type.Name.Split('`')[0];
        bool generated = name.Contains('<', StringComparison.Ordinal) || !type.Namespace.StartsWith("GmmNative", StringComparison.Ordinal);
        if (!generated && !_folders.ContainsKey(name))
        {
            _homeless.Add(type.FullName);
        }

        return generated || !_folders.ContainsKey(name) ? null : name;
    }

    private SortedSet<string> Examples(string from, string to)
    {
        if (!_arrows.TryGetValue((from, to), out SortedSet<string>? examples))
        {
            _arrows[(from, to)] = examples = [];
        }

        return examples;
    }
}
