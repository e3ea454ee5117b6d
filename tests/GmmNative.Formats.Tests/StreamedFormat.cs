namespace GmmNative.Formats.Tests;

/// <summary>A format with an unknown number of rows, so that its rows are not kept in memory.</summary>
internal sealed class StreamedFormat(IVectorFormat format) : IVectorFormat
{
    public string Name => format.Name;

    public bool Recognizes(ReadOnlySpan<byte> head) => format.Recognizes(head);

    public IVectorSource Open(VectorFormatInput input) => new Uncounted(format.Open(input));

    private sealed class Uncounted(IVectorSource rows) : IVectorSource
    {
        public int Dimension => rows.Dimension;

        public long? RowCount => null;

        public IReadOnlyList<string>? ColumnNames => rows.ColumnNames;

        public IVectorReader OpenReader() => rows.OpenReader();

        public void Dispose() => rows.Dispose();
    }
}
