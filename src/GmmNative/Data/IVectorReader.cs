namespace GmmNative;

/// <summary>One pass over the rows of an <see cref="IVectorSource"/>.</summary>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// using IVectorReader reader = rows.OpenReader();
/// double[] firstRow = new double[rows.Dimension];
/// int read = reader.Read(firstRow);
/// </code>
/// </example>
public interface IVectorReader : IDisposable
{
    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Receives whole rows, row-major. Its length is a positive multiple of D.</param>
    /// <returns>The number of rows read, at most <c>rows.Length / D</c>. It may be smaller at any time, and is 0 only at the end.</returns>
    int Read(Span<double> rows);
}
