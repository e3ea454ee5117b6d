namespace GmmNative;

/// <summary>Writes arrays by extension: .npy, .csv, else raw; written beside and renamed. "-" is raw on standard output.</summary>
public static class ArrayFile
{
    /// <summary>Writes a T x C matrix of doubles.</summary>
    public static void Write(string path, double[,] values) => throw new NotSupportedException();

    /// <summary>Writes T doubles: .npy 1-D, .csv one a line.</summary>
    public static void Write(string path, ReadOnlySpan<double> values) => throw new NotSupportedException();

    /// <summary>Writes T int32: .npy 1-D int32, .csv one a line, raw int32.</summary>
    public static void Write(string path, ReadOnlySpan<int> values) => throw new NotSupportedException();
}
