using GmmNative.Estimation.Options;
using GmmNative.Initialization;
using GmmNative.Initialization.Seeding;

namespace GmmNative.Estimation.Selection;

/// <summary>The starts by their names.</summary>
internal static class Starts
{
    /// <summary>Makes a start.</summary>
    /// <param name="method">Which.</param>
    /// <param name="context">The data and the model that is wanted.</param>
    /// <param name="options">How EM goes on from it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is undefined.</exception>
    public static IStart Create(InitializationMethod method, InitializationContext context, ResolvedOptions options) => method switch
    {
        InitializationMethod.LindeBuzoGray => new LindeBuzoGray(context, new LindeBuzoGrayOptions()),
        InitializationMethod.KMeansPlusPlus => new KMeansPlusPlus(context),
        InitializationMethod.Random => new RandomStart(context),
        InitializationMethod.Auto => new AutoStart(context, options),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method."),
    };
}
