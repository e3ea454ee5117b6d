using System.Data;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>Rows from tables and queries.</summary>
public sealed class TableInputTests
{
    public static TheoryData<string[]?, string?, string> WrongColumns => new()
    {
        { ["x", "z"], null, "The table has no column 'z'. Its columns are name, x, count, price, flag, weight." },
        { ["X"], null, "The table has no column 'X'. Its columns are name, x, count, price, flag, weight." },
        { ["name"], null, "The table: column 1 (name) has the type String, which is not a number. Name the columns to read." },
        { null, null, "The table: column 1 (name) has the type String, which is not a number. Name the columns to read." },
        { ["x"], "heavy", "The table has no column 'heavy'. Its columns are name, x, count, price, flag, weight." },
    };

    [Fact]
    public void From_Columns_AreInTheRequestedOrderWithNames()
    {
        using DataTable table = Table();
        table.Rows.Add("gone", 1.0, 1, 1m, false, 1f);
        table.AcceptChanges();
        table.Rows[3].Delete();
        using IVectorSource rows = TableVectorSource.From(table, ["price", "x", "flag", "count"], "weight");
        Assert.Equal(["price", "x", "flag", "count"], rows.ColumnNames);
        Assert.Equal(3, rows.RowCount);
        Assert.Equal([1, 0.5, 2], rows.RowWeights.ToArray());
        Assert.Equal([9.5, 0.25, 1, 3, 8, 1.5, 0, 4_000_000_000, -1, -2, 1, 0], All(rows));
    }

    [Fact]
    public async Task FromAsync_Reader_GivesTheSameRows()
    {
        using DataTable table = Table();
        using DataTableReader reader = table.CreateDataReader();
        using IVectorSource rows = await TableVectorSource.FromAsync(
            reader, ["x", "count"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([0.25, 3, 1.5, 4_000_000_000, -2, 0], All(rows));
        Assert.False(reader.IsClosed);
    }

    [Theory]
    [MemberData(nameof(WrongColumns))]
    public void From_WrongColumns_NamesThem(string[]? columns, string? weights, string message)
    {
        using DataTable table = Table();
        Assert.Equal(message, Assert.Throws<VectorDataException>(() => TableVectorSource.From(table, columns, weights)).Message);
    }

    [Fact]
    public void From_ColumnTwiceOrNone_Throws()
    {
        using DataTable table = Table();
        Assert.Contains("'x' is named twice", Assert.Throws<ArgumentException>(
            () => TableVectorSource.From(table, ["x", "count", "x"])).Message, StringComparison.Ordinal);
        Assert.Contains("'weight' is named twice", Assert.Throws<ArgumentException>(
            () => TableVectorSource.From(table, ["x", "weight"], "weight")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TableVectorSource.From(table, []));
        Assert.Throws<ArgumentNullException>(() => TableVectorSource.From((DataTable)null!));
        using DataTable empty = new();
        empty.Columns.Add("x", typeof(double));
        Assert.Equal("There are no rows.", Assert.Throws<VectorDataException>(() => TableVectorSource.From(empty)).Message);
    }

    [Fact]
    public void From_Null_IsAnErrorOrNaN()
    {
        using DataTable table = new();
        table.Columns.Add("x", typeof(double));
        table.Columns.Add("y", typeof(int));
        table.Rows.Add(1.5, 2);
        table.Rows.Add(2.5, DBNull.Value);
        Assert.Equal(
            "The table: row 2, column 2 (y) is null. Leave such rows out, or allow nulls to read them as missing values.",
            Assert.Throws<VectorDataException>(() => TableVectorSource.From(table)).Message);
        using IVectorSource rows = TableVectorSource.From(table, allowNulls: true);
        Assert.Equal([1.5, 2, 2.5, double.NaN], All(rows));
        Assert.Throws<VectorDataException>(() => TableVectorSource.From(table, ["x"], "y", allowNulls: true));
    }

    [Fact]
    public void From_UntypedColumn_ChecksEachValue()
    {
        using DataTable table = new();
        table.Columns.Add("x", typeof(object));
        object[] numbers = [1, 2L, 3f, 4.0, 5m, (byte)6, (sbyte)7, (short)8, (ushort)9, 10u, 11ul, true, (Half)13];
        foreach (object number in numbers)
        {
            table.Rows.Add(number);
        }

        using IVectorSource rows = TableVectorSource.From(table);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 13], All(rows));
        table.Rows.Add("word");
        Assert.Equal(
            "The table: row 14, column 1 (x) contains a value of type String, which is not a number.",
            Assert.Throws<VectorDataException>(() => TableVectorSource.From(table)).Message);
    }

    [Fact]
    public void Fit_Table_KeepsTheNamesAndMatchesByName()
    {
        using DataTable table = Table();
        GaussianMixture model = GaussianMixture.Fit(TableVectorSource.From(table, ["x", "price"]), components: 1);
        Assert.Equal(["x", "price"], model.Columns);
        Assert.Equal(
            model.LogDensities(TableVectorSource.From(table, ["x", "price"])),
            model.LogDensities(TableVectorSource.From(table, ["count", "price", "x"])));
    }

    private static DataTable Table()
    {
        DataTable table = new();
        (string Name, Type Type)[] columns =
        [
            ("name", typeof(string)), ("x", typeof(double)), ("count", typeof(long)), ("price", typeof(decimal)), ("flag", typeof(bool)),
            ("weight", typeof(float)),
        ];
        foreach ((string name, Type type) in columns)
        {
            table.Columns.Add(name, type);
        }

        table.Rows.Add("first", 0.25, 3, 9.5m, true, 1f);
        table.Rows.Add("second", 1.5, 4_000_000_000, 8m, false, 0.5f);
        table.Rows.Add("third", -2.0, 0, -1m, true, 2f);
        return table;
    }

    private static double[] All(IVectorSource rows)
    {
        double[] all = new double[rows.RowCount!.Value * rows.Dimension];
        using IVectorReader reader = rows.OpenReader();
        Assert.Equal(rows.RowCount, reader.Read(all));
        return all;
    }
}
