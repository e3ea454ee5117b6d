namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleStripLayoutTests : StripLayoutContract<double>;
