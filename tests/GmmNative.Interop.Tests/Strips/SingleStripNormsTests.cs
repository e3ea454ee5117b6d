namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleStripNormsTests : StripNormsContract<float>;
