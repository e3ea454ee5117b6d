using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace GmmNative.Formats.Tests;

/// <summary>Arrow files of several record batches.</summary>
internal static class ArrowFiles
{
    /// <summary>The columns, in order. <c>word</c> contains text, <c>pair</c> lists of two numbers.</summary>
    public static readonly string[] Names = ["x", "y", "h", "n", "b", "big", "maybe", "flag", "word", "pair"];

    /// <summary>Writes record batches.</summary>
    /// <param name="path">The file.</param>
    /// <param name="codec">The compression of the buffers, or null.</param>
    /// <param name="isStream">Whether to write a stream instead of a file.</param>
    /// <param name="batches">The number of rows of each record batch.</param>
    public static void Write(string path, CompressionCodecType? codec, bool isStream, params int[] batches)
    {
        IpcOptions options = new()
        {
            CompressionCodec = codec,
            CompressionCodecFactory = codec is null ? null : new CompressionCodecFactory(),
        };
        RecordBatch[] parts = [.. batches.Select((count, i) => Batch(batches.Take(i).Sum(), count))];
        using FileStream stream = File.Create(path);
        using ArrowStreamWriter writer = isStream
            ? new ArrowStreamWriter(stream, parts[0].Schema, leaveOpen: true, options)
            : new ArrowFileWriter(stream, parts[0].Schema, leaveOpen: true, options);
        foreach (RecordBatch part in parts)
        {
            writer.WriteRecordBatch(part);
        }

        writer.WriteEnd();
    }

    /// <summary>The value of column x.</summary>
    public static double X(int row) => Math.Sin(row) * 10;

    private static RecordBatch Batch(int first, int count)
    {
        int[] rows = [.. Enumerable.Range(first, count)];
        DoubleArray.Builder maybe = new();
        BooleanArray.Builder flag = new();
        FixedSizeListArray.Builder pair = new(DoubleType.Default, 2);
        DoubleArray.Builder values = (DoubleArray.Builder)pair.ValueBuilder;
        foreach (int row in rows)
        {
            _ = row % 5 == 3 ? maybe.AppendNull() : maybe.Append(X(row));
            flag.Append(row % 2 == 0);
            pair.Append();
            values.Append(row + 0.25).Append(-row);
        }

        IArrowArray[] columns =
        [
            new DoubleArray.Builder().AppendRange(rows.Select(X)).Build(),
            new FloatArray.Builder().AppendRange(rows.Select(row => row / 8f)).Build(),
            new HalfFloatArray.Builder().AppendRange(rows.Select(row => (Half)(row % 100 / 4.0))).Build(),
            new Int32Array.Builder().AppendRange(rows).Build(),
            new Int8Array.Builder().AppendRange(rows.Select(row => (sbyte)(row % 100 - 50))).Build(),
            new UInt64Array.Builder().AppendRange(rows.Select(row => ulong.MaxValue - (ulong)row)).Build(),
            maybe.Build(),
            flag.Build(),
            new StringArray.Builder().AppendRange(rows.Select(row => $"w{row}")).Build(),
            pair.Build(),
        ];
        return new RecordBatch(
            new Schema(columns.Select((column, i) => new Field(Names[i], column.Data.DataType, nullable: true)), null), columns, count);
    }
}
