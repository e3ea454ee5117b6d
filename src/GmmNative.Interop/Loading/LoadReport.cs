using System.Text;

namespace GmmNative.Interop;

/// <summary>The attempts of a search for native libraries.</summary>
/// <param name="Attempts">The attempts, in order.</param>
/// <example>
/// <code>
/// LoadReport report = Backends.Select().Report;
/// Console.WriteLine($"{report.Attempts.Count} names were tried");
/// </code>
/// </example>
public sealed record LoadReport(IReadOnlyList<LoadAttempt> Attempts)
{
    /// <summary>The report without attempts, for a backend that needs no library.</summary>
    public static LoadReport Empty { get; } = new([]);

    /// <summary>
    /// Formats the report with one line per attempt: <c>mkl: /opt/mkl/libmkl_rt.so (GMMNATIVE_BLAS_PATH): the file is empty</c>.
    /// </summary>
    /// <returns>The lines, without a line end after the last one; empty if there were no attempts.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (LoadAttempt attempt in Attempts)
        {
            text.Append(text.Length == 0 ? "" : Environment.NewLine).Append(attempt);
        }

        return text.ToString();
    }
}
