using Apache.Arrow;
using Apache.Arrow.Types;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>A coordinate of a file: a column, or one element of a column of lists of a fixed size.</summary>
/// <param name="Name">The name of the coordinate.</param>
/// <param name="Index">The index of the column in the schema.</param>
/// <param name="Element">The index of the element, or -1 if the column is not a column of lists.</param>
internal readonly record struct ArrowColumn(string Name, int Index, int Element)
{
    private const int MaximumDimension = 1 << 20;

    /// <summary>Lists the coordinates of a schema. Columns of other types than numbers are among them.</summary>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public static List<ArrowColumn> ListAll(Schema schema)
    {
        List<ArrowColumn> columns = [];
        for (int i = 0; i < schema.FieldsList.Count; i++)
        {
            Field field = schema.FieldsList[i];
            if (field.DataType is not FixedSizeListType list)
            {
                columns.Add(new ArrowColumn(field.Name, i, -1));
                continue;
            }

            if (list.ListSize < 0 || list.ListSize > MaximumDimension - columns.Count)
            {
                throw new InvalidDataException($"column '{field.Name}' has lists of {list.ListSize} elements, which is too many.");
            }

            for (int element = 0; element < list.ListSize; element++)
            {
                columns.Add(new ArrowColumn($"{field.Name}[{element + 1}]", i, element));
            }
        }

        return columns;
    }

    /// <summary>Throws unless a column contains numbers.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Check(Field field)
    {
        IArrowType type = field.DataType is FixedSizeListType list ? list.ValueDataType : field.DataType;
        if (type.TypeId is not (ArrowTypeId.Double or ArrowTypeId.Float or ArrowTypeId.HalfFloat or ArrowTypeId.Int8 or ArrowTypeId.Int16
            or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32
            or ArrowTypeId.UInt64 or ArrowTypeId.Boolean))
        {
            throw new InvalidDataException($"column '{field.Name}' contains no numbers; leave it out with --columns.");
        }
    }
}
