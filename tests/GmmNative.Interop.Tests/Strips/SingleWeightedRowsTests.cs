namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleWeightedRowsTests : WeightedRowsContract<float>;
