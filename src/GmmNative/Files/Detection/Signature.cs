using System.Text;

namespace GmmNative.Files.Detection;

/// <summary>The signature of a file format, at the start of its files.</summary>
internal sealed class Signature
{
    private readonly byte[] _mark;
    private readonly int _place;
    private readonly byte[] _second;
    private readonly int _secondPlace;

    /// <summary>Creates a signature.</summary>
    /// <param name="mark">The bytes of the signature, each as a character below 256.</param>
    /// <param name="name">The name of the format with its article.</param>
    /// <param name="advice">What the user can do.</param>
    /// <param name="at">The offset of the signature.</param>
    /// <param name="then">A second signature, if the first is too short to be reliable.</param>
    /// <param name="thenAt">The offset of the second signature.</param>
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

    /// <summary>Whether a file that starts with these bytes has the signature.</summary>
    public bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= _place && head[_place..].StartsWith(_mark)
        && head.Length >= _secondPlace && head[_secondPlace..].StartsWith(_second);
}
