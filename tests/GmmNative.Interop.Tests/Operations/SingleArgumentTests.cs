namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleArgumentTests : ArgumentContract<float>;
