namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleWeightedRowsTests : WeightedRowsContract<double>;
