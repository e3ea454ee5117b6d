namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleFactorizationTests : FactorizationContract<float>;
