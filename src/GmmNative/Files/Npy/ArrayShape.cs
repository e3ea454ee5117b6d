using System.Globalization;

namespace GmmNative.Files.Npy;

/// <summary>Formats the shapes of arrays.</summary>
internal static class ArrayShape
{
    private const int MaximumShown = 8;

    /// <summary>Formats a shape as Python does, for example <c>(3, 4)</c> or <c>(3,)</c>. Shows at most the first 8 dimensions.</summary>
    public static string Text(long[] shape)
    {
        string items = string.Join(", ", shape.Take(MaximumShown).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return shape.Length switch
        {
            1 => $"({items},)",
            > MaximumShown => $"({items}, ...)",
            _ => $"({items})",
        };
    }
}
