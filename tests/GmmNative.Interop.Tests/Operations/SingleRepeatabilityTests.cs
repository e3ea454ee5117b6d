namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleRepeatabilityTests : RepeatabilityContract<float>;
