using System.Data;
using System.Data.Common;
using GmmNative.Data.Tables;

namespace GmmNative;

/// <summary>Creates vector sources from tables and database queries. The rows are copied into memory, with their column names.</summary>
/// <remarks>
/// Columns may have any numeric type of .NET, or Boolean (false is 0, true is 1). Decimal numbers and integers beyond 2^53 are rounded to
/// the nearest double. Thread-safe for different tables.
/// </remarks>
/// <example>
/// <code>
/// using System.Data.DataTable table = new();
/// table.Columns.Add("name", typeof(string));
/// table.Columns.Add("height", typeof(double));
/// table.Columns.Add("age", typeof(int));
/// table.Rows.Add("first", 1.72, 35);
/// table.Rows.Add("second", 1.31, 9);
/// table.Rows.Add("third", 1.65, 41);
/// using IVectorSource rows = TableVectorSource.From(table, columns: ["height", "age"]);
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 1);
/// </code>
/// </example>
public static class TableVectorSource
{
    /// <summary>Reads the rows of a table that are not deleted.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The exact names of D columns, in their order, or <see langword="null"/> for all but the weights.</param>
    /// <param name="weightColumn">The name of the column with the row weights, or <see langword="null"/> if all rows count as one.</param>
    /// <param name="allowNulls">
    /// Whether nulls (<see cref="DBNull"/>) become NaN, which stands for a missing value. By default they are an error.
    /// A weight cannot be null.
    /// </param>
    /// <exception cref="ArgumentException">There are no columns, or a column is named twice.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows; a column does not exist, is ambiguous or contains no numbers; a value is null; or a weight is not valid. The
    /// message names the row, from 1, and the column.
    /// </exception>
    public static IVectorSource From(
        DataTable table, IReadOnlyList<string>? columns = null, string? weightColumn = null, bool allowNulls = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        using DataTableReader reader = table.CreateDataReader();
        return From(reader, columns, weightColumn, allowNulls);
    }

    /// <summary>Reads the remaining rows of the current result of a query. The reader stays open.</summary>
    /// <param name="reader">The reader, before the first row to read.</param>
    /// <inheritdoc cref="From(DataTable, IReadOnlyList{string}, string, bool)"/>
    public static IVectorSource From(
        IDataReader reader, IReadOnlyList<string>? columns = null, string? weightColumn = null, bool allowNulls = false)
    {
        ArgumentNullException.ThrowIfNull(reader);
        TableRows rows = new(reader, columns, weightColumn, allowNulls);
        while (reader.Read())
        {
            rows.Add(reader);
        }

        return rows.ToSource();
    }

    /// <summary>
    /// Reads the remaining rows of the current result of a query, without blocking a thread while rows arrive. The reader stays open.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <inheritdoc cref="From(IDataReader, IReadOnlyList{string}, string, bool)"/>
    public static async Task<IVectorSource> FromAsync(
        DbDataReader reader, IReadOnlyList<string>? columns = null, string? weightColumn = null, bool allowNulls = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        TableRows rows = new(reader, columns, weightColumn, allowNulls);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(reader);
        }

        return rows.ToSource();
    }
}
