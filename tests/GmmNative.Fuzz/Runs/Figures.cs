using System.Globalization;
using GmmNative.TestSupport;

namespace GmmNative.Fuzz;

/// <summary>What the trials of one reader came to.</summary>
/// <param name="reader">The reader's name.</param>
internal sealed class Figures(string reader)
{
    private long _count;
    private long _read;
    private double _slowest;
    private double _largestShare;
    private long _mostBytes;

    /// <summary>Files that found something.</summary>
    public int Findings { get; set; }

    /// <summary>Counts a trial.</summary>
    public void Add(ReadTrial trial)
    {
        _count++;
        _read += trial.IsRead ? 1 : 0;
        _slowest = Math.Max(_slowest, trial.Seconds);
        _largestShare = Math.Max(_largestShare, trial.MemoryShare);
        _mostBytes = Math.Max(_mostBytes, trial.AllocatedBytes);
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{reader}: {_count} reads, {_read} of them good, {Findings} findings; slowest {1000 * _slowest:F0} ms; "
        + $"most memory {_mostBytes / 1e6:F1} MB, largest share of what is allowed {100 * _largestShare:F0} %");
}
