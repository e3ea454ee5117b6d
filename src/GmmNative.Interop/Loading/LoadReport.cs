using System.Text;

namespace GmmNative.Interop;

/// <summary>Every name that was tried while looking for native libraries, in order.</summary>
/// <param name="Attempts">The attempts.</param>
/// <example>
/// <code>
/// LoadReport report = Backends.Select().Report;
/// Console.WriteLine($"{report.Attempts.Count} names were tried");
/// </code>
/// </example>
public sealed record LoadReport(IReadOnlyList<LoadAttempt> Attempts)
{
    /// <summary>The report of a search that did not have to look for anything.</summary>
    public static LoadReport Empty { get; } = new([]);

    /// <summary>
    /// The report for people, a line an attempt: <c>mkl: /opt/mkl/libmkl_rt.so (GMMNATIVE_BLAS_PATH): the file is empty</c>.
    /// </summary>
    /// <returns>The lines, without a line end after the last; empty when nothing was tried.</returns>
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
