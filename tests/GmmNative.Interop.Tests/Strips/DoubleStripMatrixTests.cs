namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleStripMatrixTests : StripMatrixContract<double>;
