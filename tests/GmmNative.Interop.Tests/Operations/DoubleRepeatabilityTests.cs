namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleRepeatabilityTests : RepeatabilityContract<double>;
