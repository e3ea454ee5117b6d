namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleArgumentTests : ArgumentContract<double>;
