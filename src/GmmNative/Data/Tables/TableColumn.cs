using System.Data;
using GmmNative.Errors;

namespace GmmNative.Data.Tables;

/// <summary>A column of a table that contains numbers.</summary>
/// <param name="Ordinal">The column in the table, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
internal sealed record TableColumn(int Ordinal, string Name, Type Type)
{
    private string Description => ColumnText.Describe(Ordinal, Name);

    /// <summary>Finds a column by its exact name.</summary>
    /// <exception cref="VectorDataException">There is no such column, there are several, or it contains no numbers.</exception>
    public static TableColumn Find(IDataRecord table, string name)
    {
        int[] found = [.. Enumerable.Range(0, table.FieldCount).Where(ordinal => table.GetName(ordinal) == name)];
        return found switch
        {
            [int ordinal] => At(table, ordinal),
            [] => throw new VectorDataException(
                $"The table has no column '{MessageText.Shorten(name)}'. Its columns are "
                + $"{ColumnText.List([.. Enumerable.Range(0, table.FieldCount).Select(table.GetName)])}."),
            _ => throw new VectorDataException(
                $"The table has {found.Length} columns '{MessageText.Shorten(name)}': rename all but one of them in the query."),
        };
    }

    /// <summary>Returns a column.</summary>
    /// <exception cref="VectorDataException">The column contains no numbers.</exception>
    public static TableColumn At(IDataRecord table, int ordinal)
    {
        TableColumn column = new(ordinal, table.GetName(ordinal), table.GetFieldType(ordinal));

        // Databases whose columns have no types report object. Their values are checked one by one.
        return column.Type == typeof(object) || IsNumber(column.Type) ? column : throw new VectorDataException(
            $"The table: {column.Description} has the type {column.Type.Name}, which is not a number. Name the columns to read.");
    }

    /// <summary>Reads the value of the current row.</summary>
    /// <param name="table">The table, at a row.</param>
    /// <param name="row">The number of the row, from 0, for messages.</param>
    /// <param name="isNullAllowed">Whether a null is NaN instead of an error.</param>
    /// <exception cref="VectorDataException">The value is null or not a number.</exception>
    public double Read(IDataRecord table, long row, bool isNullAllowed)
    {
        if (table.IsDBNull(Ordinal))
        {
            return isNullAllowed ? double.NaN : throw new VectorDataException(
                $"The table: row {row + 1}, {Description} is null. Leave such rows out, or allow nulls to read them as missing values.");
        }

        return Type.GetTypeCode(Type) switch
        {
            TypeCode.Double => table.GetDouble(Ordinal),
            TypeCode.Single => table.GetFloat(Ordinal),
            TypeCode.Int32 => table.GetInt32(Ordinal),
            TypeCode.Int64 => table.GetInt64(Ordinal),
            _ => Convert(table.GetValue(Ordinal), row),
        };
    }

    private static bool IsNumber(Type type) =>
        !type.IsEnum && (Type.GetTypeCode(type) is TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.Decimal) || type == typeof(Half));

    private double Convert(object value, long row) => value switch
    {
        double number => number,
        float number => number,
        decimal number => (double)number,
        long number => number,
        int number => number,
        short number => number,
        sbyte number => number,
        ulong number => number,
        uint number => number,
        ushort number => number,
        byte number => number,
        bool flag => flag ? 1 : 0,
        Half number => (double)number,
        _ => throw new VectorDataException(
            $"The table: row {row + 1}, {Description} contains a value of type {value.GetType().Name}, which is not a number."),
    };
}
