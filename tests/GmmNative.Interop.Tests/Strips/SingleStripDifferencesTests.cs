namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleStripDifferencesTests : StripDifferencesContract<float>;
