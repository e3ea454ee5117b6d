namespace GmmNative.TestSupport;

/// <summary>What came of a file that was read.</summary>
/// <param name="ModelBytes">The bytes of a model's numbers; 0 for vectors.</param>
/// <param name="ModelDimension">The model's dimension; 0 for vectors.</param>
public readonly record struct ReadResult(long ModelBytes, int ModelDimension);
