using System.Reflection;

namespace GmmNative.Cli.Guide;

/// <summary>The version of the program.</summary>
internal static class ProgramVersion
{
    /// <summary>The version without build metadata, such as 0.1.0.</summary>
    public static string Text
    {
        get
        {
            string version = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion ?? "";
            int metadata = version.IndexOf('+', StringComparison.Ordinal);
            return metadata < 0 ? version : version[..metadata];
        }
    }
}
