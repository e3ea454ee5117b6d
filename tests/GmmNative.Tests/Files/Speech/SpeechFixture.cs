using GmmNative.TestSupport;

namespace GmmNative.Tests.Files.Speech;

/// <summary>Files of Kaldi and HTK; see make_speech.py beside them.</summary>
internal static class SpeechFixture
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "fixtures", "speech", name);

    /// <summary>The values that NumPy wrote.</summary>
    public static double[] Expected(string name)
    {
        using IVectorSource rows = VectorFile.Open(PathOf(name));
        return rows.ReadAll();
    }
}
