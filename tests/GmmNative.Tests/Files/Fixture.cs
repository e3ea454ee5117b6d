namespace GmmNative.Tests.Files;

/// <summary>Files that NumPy wrote; see make_fixtures.py beside them.</summary>
internal static class Fixture
{
    /// <summary>The values of the 3 x 2 matrices.</summary>
    public static readonly double[] Matrix = [0.5, 1.5, 10.5, 11.5, 20.5, 21.5];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "fixtures", name);
}
