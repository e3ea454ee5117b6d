using Xunit;

namespace GmmNative.TestSupport;

/// <summary>Runs the C# code of a page of <c>docs/</c> as one program, where the files of a clone are, and compares its output.</summary>
internal static class DocumentRun
{
    /// <summary>Asserts that the program of a page writes what the page says.</summary>
    /// <param name="page">The name of the file in <c>docs/</c>.</param>
    public static void AssertOutput(string page)
    {
        using TestFolder folder = new();
        string data = Directory.CreateDirectory(folder["samples/data"]).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Root, "samples", "data")))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        }

        DocumentPage document = new(page);
        string program = ChildProgram.Compile(string.Join('\n', document.Blocks("csharp")), folder.Root);
        Assert.Equal(Assert.Single(document.Blocks("output")).Split('\n'), ChildProgram.Run(program, folder.Root));
    }
}
