namespace GmmNative.Model;

/// <summary>The names of the kinds of covariances in files and on command lines.</summary>
internal static class CovarianceKindNames
{
    private static readonly (string Name, CovarianceKind Kind)[] Names =
    [
        ("diag", CovarianceKind.Diagonal),
        ("full", CovarianceKind.Full),
        ("spherical", CovarianceKind.Spherical),
        ("tied", CovarianceKind.Tied),
        ("tied-diag", CovarianceKind.TiedDiagonal),
        ("tied-spherical", CovarianceKind.TiedSpherical),
    ];

    // The names of mclust: volume, shape and orientation, each equal (E), variable (V) or that of the identity (I).
    private static readonly (string Name, CovarianceKind Kind)[] OtherNames =
    [
        ("VVI", CovarianceKind.Diagonal),
        ("VVV", CovarianceKind.Full),
        ("VII", CovarianceKind.Spherical),
        ("EEE", CovarianceKind.Tied),
        ("EEI", CovarianceKind.TiedDiagonal),
        ("EII", CovarianceKind.TiedSpherical),
    ];

    /// <summary>The names, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, CovarianceKind Kind)> All => Names;

    /// <summary>The names of the same kinds in mclust, which are read but never written.</summary>
    public static IReadOnlyList<(string Name, CovarianceKind Kind)> Mclust => OtherNames;

    /// <summary>Returns the name of a kind.</summary>
    public static string Of(CovarianceKind kind) => Array.Find(Names, entry => entry.Kind == kind).Name;

    /// <summary>Returns the kind with a name as files spell it, or <see langword="null"/>.</summary>
    public static CovarianceKind? Find(string name)
    {
        int place = Array.FindIndex(Names, entry => entry.Name == name);
        return place < 0 ? null : Names[place].Kind;
    }
}
