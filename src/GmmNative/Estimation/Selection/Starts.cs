using GmmNative.Estimation.Options;
using GmmNative.Initialization;
using GmmNative.Initialization.Seeding;

namespace GmmNative.Estimation.Selection;

/// <summary>Creates starts by their names.</summary>
internal static class Starts
{
    /// <summary>Creates a start.</summary>
    /// <param name="method">The kind of start.</param>
    /// <param name="context">The data and the shape of the model.</param>
    /// <param name="options">The options of the training.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is undefined.</exception>
    public static IStart Create(InitializationMethod method, InitializationContext context, ResolvedOptions options) => method switch
    {
        InitializationMethod.LindeBuzoGray => new LindeBuzoGray(context, new LindeBuzoGrayOptions()),
        InitializationMethod.KMeansPlusPlus => new KMeansPlusPlus(context),
        InitializationMethod.KMeans => new KMeansPlusPlus(context, isConverged: true),
        InitializationMethod.Random => new RandomStart(context),
        InitializationMethod.Auto => new AutoStart(context, options),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "The value is not a defined start."),
    };
}
