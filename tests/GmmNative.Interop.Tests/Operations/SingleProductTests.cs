namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleProductTests : ProductContract<float>;
