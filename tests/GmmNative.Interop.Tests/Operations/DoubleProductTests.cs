namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleProductTests : ProductContract<double>;
