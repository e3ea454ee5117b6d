namespace GmmNative.TestSupport;

/// <summary>A page of <c>docs/</c>: the code that it shows, and the output that it claims.</summary>
internal sealed class DocumentPage
{
    private const string Fence = "```";

    private readonly string[] _lines;

    /// <summary>Reads a page.</summary>
    /// <param name="name">The name of the file in <c>docs/</c>.</param>
    public DocumentPage(string name) => _lines = File.ReadAllLines(Path.Combine(TestData.Root, "docs", name));

    /// <summary>Returns the text of all blocks of a language, in order.</summary>
    /// <param name="language">The word after the three backticks, or the empty text.</param>
    public string[] Blocks(string language)
    {
        List<string> blocks = [];
        for (int i = 0; i < _lines.Length; i++)
        {
            if (_lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(_lines, Fence, i + 1);
                if (_lines[i] == Fence + language)
                {
                    blocks.Add(string.Join('\n', _lines[(i + 1)..end]));
                }

                i = end;
            }
        }

        return [.. blocks];
    }
}
