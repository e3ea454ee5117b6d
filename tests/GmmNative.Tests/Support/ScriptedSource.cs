namespace GmmNative.Tests.Support;

/// <summary>A sequential source whose passes a test writes: each may differ, and reads may be as short as it likes.</summary>
/// <param name="dimension">D.</param>
/// <param name="pass">The rows of a pass, counted from 0.</param>
/// <param name="mostAtATime">Most rows a read returns.</param>
internal sealed class ScriptedSource(int dimension, Func<int, double[]> pass, int mostAtATime = int.MaxValue) : IVectorSource
{
    private int _passes;

    public int Dimension => dimension;

    public long? RowCount { get; init; }

    /// <summary>Readers opened and not disposed.</summary>
    public int OpenReaders { get; private set; }

    /// <summary>The maximum number of rows that a read requested.</summary>
    public int MostAsked { get; private set; }

    public IVectorReader OpenReader()
    {
        OpenReaders++;
        return new Reader(this, pass(_passes++));
    }

    private sealed class Reader(ScriptedSource source, double[] rows) : IVectorReader
    {
        private int _next;

        public int Read(Span<double> to)
        {
            source.MostAsked = Math.Max(source.MostAsked, to.Length / source.Dimension);
            int count = Math.Min(Math.Min(to.Length, rows.Length - _next) / source.Dimension, source.MostAtATime);
            rows.AsSpan(_next, count * source.Dimension).CopyTo(to);
            _next += count * source.Dimension;
            return count;
        }

        public void Dispose() => source.OpenReaders--;
    }

    private int MostAtATime => mostAtATime;
}
