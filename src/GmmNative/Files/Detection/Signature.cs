using System.Text;

namespace GmmNative.Files.Detection;

/// <summary>A mark at the start of files of one format.</summary>
internal sealed class Signature
{
    private readonly byte[] _mark;
    private readonly int _place;
    private readonly byte[] _second;
    private readonly int _secondPlace;

    /// <summary>Describes a mark.</summary>
    /// <param name="mark">Its bytes, each as a character below 256.</param>
    /// <param name="name">What such a file is, with its article.</param>
    /// <param name="advice">What to do with it now.</param>
    /// <param name="at">Where the mark lies.</param>
    /// <param name="then">A second mark, where the first is too short to be sure.</param>
    /// <param name="thenAt">Where that lies.</param>
    public Signature(string mark, string name, string advice, int at = 0, string then = "", int thenAt = 0)
    {
        _mark = Encoding.Latin1.GetBytes(mark);
        _place = at;
        _second = Encoding.Latin1.GetBytes(then);
        _secondPlace = thenAt;
        Format = new ForeignFormat(name, advice);
    }

    /// <summary>The format.</summary>
    public ForeignFormat Format { get; }

    /// <summary>Whether a file that starts with these bytes has the mark.</summary>
    public bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= _place && head[_place..].StartsWith(_mark)
        && head.Length >= _secondPlace && head[_secondPlace..].StartsWith(_second);
}
