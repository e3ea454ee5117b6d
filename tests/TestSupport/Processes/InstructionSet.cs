namespace GmmNative.TestSupport;

/// <summary>How much of the processor's vector instructions a child process may use.</summary>
public enum InstructionSet
{
    /// <summary>Vectors of at most 256 bits.</summary>
    UpTo256,

    /// <summary>Vectors of at most 128 bits.</summary>
    UpTo128,

    /// <summary>No vector instructions at all.</summary>
    Scalar,
}
