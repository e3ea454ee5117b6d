namespace GmmNative.Inference.Conditioning;

/// <summary>Checks lists of coordinates of a model.</summary>
internal static class CoordinateList
{
    /// <summary>Returns the coordinates as an array.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coordinates">The coordinates, from 0.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ArgumentException">There are no coordinates, or a coordinate is repeated.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    public static int[] Check(GaussianMixture model, IReadOnlyList<int> coordinates, string parameter)
    {
        ArgumentNullException.ThrowIfNull(coordinates, parameter);
        int[] checkedOnes = [.. coordinates];
        if (checkedOnes.Length == 0)
        {
            throw new ArgumentException("No coordinates are listed.", parameter);
        }

        HashSet<int> seen = [];
        foreach (int coordinate in checkedOnes)
        {
            if (coordinate < 0 || coordinate >= model.Dimension)
            {
                throw new ArgumentOutOfRangeException(
                    parameter, $"Coordinate {coordinate} is not one of the {model.Dimension} coordinates, which are counted from 0.");
            }

            if (!seen.Add(coordinate))
            {
                throw new ArgumentException($"Coordinate {coordinate} is listed twice.", parameter);
            }
        }

        return checkedOnes;
    }

    /// <summary>Returns the target coordinates as an array; all coordinates that are not given if there is no list.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">The given coordinates.</param>
    /// <param name="targets">The target coordinates, from 0, or <see langword="null"/>.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ArgumentException">
    /// There are no targets, a target is repeated, or a target is also a given coordinate.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    public static int[] CheckTargets(GaussianMixture model, int[] given, IReadOnlyList<int>? targets, string parameter)
    {
        HashSet<int> known = [.. given];
        if (targets is null)
        {
            int[] others = [.. Enumerable.Range(0, model.Dimension).Where(coordinate => !known.Contains(coordinate))];
            return others.Length > 0 ? others : throw new ArgumentException("All coordinates are given, so no target remains.", parameter);
        }

        int[] wanted = Check(model, targets, parameter);
        return Array.Find(wanted, known.Contains) is var both && Array.Exists(wanted, known.Contains)
            ? throw new ArgumentException($"Coordinate {both} is both given and a target.", parameter)
            : wanted;
    }
}
