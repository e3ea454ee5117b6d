namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleFactorizationTests : FactorizationContract<double>;
