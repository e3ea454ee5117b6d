using System.Globalization;

namespace GmmNative.Files.Npy;

/// <summary>Shapes of arrays as text.</summary>
internal static class ArrayShape
{
    private const int MostShown = 8;

    /// <summary>A shape as Python writes it, for example <c>(3, 4)</c> or <c>(3,)</c>; of more than 8 dimensions the first ones.</summary>
    public static string Text(long[] shape)
    {
        string items = string.Join(", ", shape.Take(MostShown).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return shape.Length switch
        {
            1 => $"({items},)",
            > MostShown => $"({items}, ...)",
            _ => $"({items})",
        };
    }
}
