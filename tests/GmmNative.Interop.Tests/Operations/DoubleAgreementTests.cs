namespace GmmNative.Interop.Tests;

/// <inheritdoc/>
public sealed class DoubleAgreementTests : AgreementContract<double>;
