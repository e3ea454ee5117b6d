using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Checks the messages of refused files.</summary>
internal static class Refusal
{
    /// <summary>Asserts an exception whose message is one line that holds all the fragments, the file's name among them.</summary>
    public static T Expect<T>(Func<object> open, params string[] fragments)
        where T : GmmException
    {
        T exception = Assert.Throws<T>(() =>
        {
            object opened = open();
            (opened as IDisposable)?.Dispose();
        });
        Assert.All(fragments, fragment => Assert.Contains(fragment, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(exception.Message, char.IsControl);
        Assert.InRange(exception.Message.Length, 1, 600);
        return exception;
    }

    /// <summary>Asserts that a file of vectors is refused.</summary>
    public static void ExpectVectors(string path, params string[] fragments) =>
        Expect<VectorDataException>(() => VectorFile.Open(path), [path, .. fragments]);

    /// <summary>Asserts that a model file is refused.</summary>
    public static void ExpectModel(string path, params string[] fragments) =>
        Expect<ModelFileException>(() => ModelFile.Load(path), [path, .. fragments]);

    /// <summary>Asserts that writing is refused.</summary>
    public static void ExpectWrite(Action write, params string[] fragments) =>
        Expect<GmmException>(
            () =>
            {
                write();
                return "written";
            },
            fragments);
}
