namespace GmmNative.Interop.Kernels;

/// <summary>The key of an infinite sequence of random numbers. Different keys give unrelated sequences.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Stream">The purpose of the numbers, so that one seed can serve several purposes.</param>
internal readonly record struct RandomKey(ulong Seed, ulong Stream);
