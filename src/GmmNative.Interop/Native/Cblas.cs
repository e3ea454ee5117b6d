namespace GmmNative.Interop.Native;

/// <summary>The values of CBLAS enumerations that are used here.</summary>
internal static class Cblas
{
    public const int RowMajor = 101;
    public const int NoTranspose = 111;
    public const int Transpose = 112;
    public const int Lower = 122;
    public const int NonUnit = 131;
    public const int Left = 141;
}
