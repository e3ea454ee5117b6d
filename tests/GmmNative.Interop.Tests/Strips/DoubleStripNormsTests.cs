namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleStripNormsTests : StripNormsContract<double>;
