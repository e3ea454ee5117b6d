using ParquetSharp;

namespace GmmNative.Formats.Tests;

/// <summary>Parquet files written by ParquetSharp, which wraps Apache's C++ library and shares no code with the reader.</summary>
internal static class ParquetFiles
{
    /// <summary>Writes two row groups: x (double), y (float), n (int), maybe (double or null), word (text), flag (Boolean).</summary>
    /// <param name="path">The file.</param>
    /// <param name="compression">The compression of the pages.</param>
    /// <param name="groups">The number of rows of each row group.</param>
    public static void Write(string path, Compression compression, params int[] groups)
    {
        Column[] columns =
        [
            new Column<double>("x"), new Column<float>("y"), new Column<int>("n"), new Column<double?>("maybe"),
            new Column<string>("word"), new Column<bool>("flag"),
        ];
        using ParquetFileWriter file = new(path, columns, compression);
        int first = 0;
        foreach (int count in groups)
        {
            int[] rows = [.. Enumerable.Range(first, count)];
            using RowGroupWriter group = file.AppendRowGroup();
            Append(group, rows, X);
            Append(group, rows, row => (float)Y(row));
            Append(group, rows, row => row);
            Append<double?>(group, rows, row => row % 5 == 3 ? null : X(row));
            Append(group, rows, row => $"w{row}");
            Append(group, rows, row => row % 2 == 0);
            first += count;
        }

        file.Close();
    }

    /// <summary>The value of column x.</summary>
    public static double X(int row) => Math.Sin(row) * 10;

    /// <summary>The value of column y.</summary>
    public static double Y(int row) => row / 8.0;

    private static void Append<T>(RowGroupWriter group, int[] rows, Func<int, T> value)
    {
        using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch([.. rows.Select(value)]);
    }
}
