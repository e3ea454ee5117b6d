namespace GmmNative.TestSupport;

/// <summary>The files under tests/TestData, found from wherever the tests run.</summary>
public static class TestData
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a test data file or folder.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, "tests", "TestData", .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "GmmNative.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds GmmNative.sln.");
    }
}
