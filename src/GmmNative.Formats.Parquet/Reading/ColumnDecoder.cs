using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace GmmNative.Formats.Parquet.Reading;

/// <summary>Decodes columns of numbers. The types are listed, so that no code is found by reflection.</summary>
internal static class ColumnDecoder
{
    /// <summary>Throws unless a column contains one number per row.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Check(DataField field)
    {
        if (field.IsArray || field.MaxRepetitionLevel > 0 || field.MaxDefinitionLevel > 1)
        {
            throw new InvalidDataException($"column '{field.Name}' contains lists, not numbers; leave it out with --columns.");
        }

        Type type = field.ClrType;
        if (type != typeof(double) && type != typeof(float) && type != typeof(int) && type != typeof(long) && type != typeof(short)
            && type != typeof(sbyte) && type != typeof(byte) && type != typeof(ushort) && type != typeof(uint) && type != typeof(ulong)
            && type != typeof(bool))
        {
            throw new InvalidDataException($"column '{field.Name}' contains no numbers; leave it out with --columns.");
        }
    }

    /// <summary>Decodes a column of a row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="field">A column that <see cref="Check"/> accepts.</param>
    /// <param name="column">The index of the column in <paramref name="rows"/>.</param>
    /// <param name="rows">Receives the numbers, row-major. A null becomes NaN.</param>
    /// <param name="dimension">D.</param>
    public static void Decode(ParquetRowGroupReader group, DataField field, int column, double[] rows, int dimension)
    {
        Type type = field.ClrType;
        if (type == typeof(double))
        {
            Decode<double>(group, field, column, rows, dimension);
        }
        else if (type == typeof(float))
        {
            Decode<float>(group, field, column, rows, dimension);
        }
        else if (type == typeof(int))
        {
            Decode<int>(group, field, column, rows, dimension);
        }
        else if (type == typeof(long))
        {
            Decode<long>(group, field, column, rows, dimension);
        }
        else if (type == typeof(short))
        {
            Decode<short>(group, field, column, rows, dimension);
        }
        else if (type == typeof(sbyte))
        {
            Decode<sbyte>(group, field, column, rows, dimension);
        }
        else if (type == typeof(byte))
        {
            Decode<byte>(group, field, column, rows, dimension);
        }
        else if (type == typeof(ushort))
        {
            Decode<ushort>(group, field, column, rows, dimension);
        }
        else if (type == typeof(uint))
        {
            Decode<uint>(group, field, column, rows, dimension);
        }
        else if (type == typeof(ulong))
        {
            Decode<ulong>(group, field, column, rows, dimension);
        }
        else
        {
            Fill<bool>(group, field, column, rows, dimension, static value => value ? 1 : 0);
        }
    }

    private static void Decode<T>(ParquetRowGroupReader group, DataField field, int column, double[] rows, int dimension)
        where T : unmanaged, INumberBase<T> =>
        Fill<T>(group, field, column, rows, dimension, double.CreateTruncating);

    private static void Fill<T>(
        ParquetRowGroupReader group, DataField field, int column, double[] rows, int dimension, Func<T, double> convert)
        where T : unmanaged
    {
        int count = checked((int)group.RowCount);
        if (field.IsNullable)
        {
            T?[] optional = new T?[count];
            ParquetReading.Wait(group.ReadAsync<T>(field, optional.AsMemory()));
            for (int i = 0; i < count; i++)
            {
                rows[(i * dimension) + column] = optional[i] is { } value ? convert(value) : double.NaN;
            }

            return;
        }

        T[] values = new T[count];
        ParquetReading.Wait(group.ReadAsync<T>(field, values.AsMemory()));
        for (int i = 0; i < count; i++)
        {
            rows[(i * dimension) + column] = convert(values[i]);
        }
    }
}
