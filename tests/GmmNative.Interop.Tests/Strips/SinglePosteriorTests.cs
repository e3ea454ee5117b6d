namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SinglePosteriorTests : PosteriorContract<float>;
