namespace GmmNative.Model;

/// <summary>
/// Finds the structure of selected coordinates: the one that keeps the same entries, or full if block sizes cannot describe them.
/// </summary>
internal static class SelectedStructure
{
    /// <summary>Returns a structure for some coordinates of a structure, in their order.</summary>
    /// <param name="structure">The structure of all coordinates.</param>
    /// <param name="coordinates">Distinct coordinates, from 0; at least one.</param>
    public static CovarianceStructure Of(CovarianceStructure structure, int[] coordinates)
    {
        int dimension = coordinates.Length;
        if (structure.IsDiagonalStorage || structure.IsShared)
        {
            return new CovarianceStructure(structure.Kind, dimension);
        }

        int[] groups = GroupsInOrder(structure, coordinates, out int count);
        if (count == dimension)
        {
            return new CovarianceStructure(CovarianceKind.Diagonal, dimension);
        }

        // Both kinds can say some partitions. The kind of the structure comes first.
        CovarianceKind other = structure.Kind == CovarianceKind.Full ? CovarianceKind.Diagonal : CovarianceKind.Full;
        return WithBlocks(structure.Kind, groups, count) ?? WithBlocks(other, groups, count)
            ?? new CovarianceStructure(CovarianceKind.Full, dimension);
    }

    private static CovarianceStructure? WithBlocks(CovarianceKind kind, int[] groups, int count)
    {
        int[]? sizes = kind == CovarianceKind.Full ? ContiguousBlocks(groups, count) : new StridedBlocks(groups, count).Find();
        return sizes is null ? null : new CovarianceStructure(kind, groups.Length, sizes);
    }

    /// <summary>Numbers the groups of the coordinates by their first coordinate.</summary>
    private static int[] GroupsInOrder(CovarianceStructure structure, int[] coordinates, out int count)
    {
        Dictionary<int, int> numbers = [];
        int[] groups = new int[coordinates.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int group = structure.GroupOf(coordinates[i]);
            if (!numbers.TryGetValue(group, out groups[i]))
            {
                groups[i] = numbers.Count;
                numbers.Add(group, groups[i]);
            }
        }

        count = numbers.Count;
        return groups;
    }

    /// <summary>Returns the sizes of the groups if the coordinates of each are side by side, or <see langword="null"/>.</summary>
    private static int[]? ContiguousBlocks(int[] groups, int count)
    {
        int[] sizes = new int[count];
        for (int i = 0; i < groups.Length; i++)
        {
            if (i > 0 && groups[i] < groups[i - 1])
            {
                return null;
            }

            sizes[groups[i]]++;
        }

        return sizes;
    }
}
