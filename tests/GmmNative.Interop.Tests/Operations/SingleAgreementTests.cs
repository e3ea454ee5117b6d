namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class SingleAgreementTests : AgreementContract<float>;
