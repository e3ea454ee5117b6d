namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleStripLayoutTests : StripLayoutContract<float>;
