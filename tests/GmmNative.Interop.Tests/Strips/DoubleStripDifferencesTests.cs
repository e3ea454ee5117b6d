namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleStripDifferencesTests : StripDifferencesContract<double>;
