namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoublePosteriorTests : PosteriorContract<double>;
