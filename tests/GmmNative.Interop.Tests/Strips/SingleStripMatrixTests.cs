namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleStripMatrixTests : StripMatrixContract<float>;
