using GmmNative;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Gaussian mixture models to a collection of services.</summary>
/// <example>
/// <code>
/// ServiceCollection services = new();
/// services.AddGaussianMixture("model.npz");
/// services.AddKeyedGaussianMixture("speech", "speech.npz");
/// </code>
/// </example>
public static class GaussianMixtureServices
{
    /// <summary>
    /// Adds the model of a file: a singleton <see cref="GaussianMixtureProvider"/>, which reloads it, and the transient services
    /// <see cref="LoadedMixture"/>, <see cref="MixtureScorer"/> and <see cref="GaussianMixture"/>, which are those in use at the moment.
    /// </summary>
    /// <remarks>
    /// The file is read when a service is first requested; request one at the start of the program to find a missing file early. A
    /// singleton that receives a scorer keeps it and misses later models: let it receive the provider instead. A second call replaces
    /// nothing, as <c>TryAdd</c>; use keys for several models.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="path">A model file that contains its own shape: <c>.npz</c> or <c>.json</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddGaussianMixture(
        this IServiceCollection services, string path, Action<GaussianMixtureProviderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        services.TryAddSingleton(provider => Create(provider, path, configure));
        services.TryAddTransient(provider => provider.GetRequiredService<GaussianMixtureProvider>().Current);
        services.TryAddTransient(provider => provider.GetRequiredService<GaussianMixtureProvider>().Scorer);
        services.TryAddTransient(provider => provider.GetRequiredService<GaussianMixtureProvider>().Model);
        return services;
    }

    /// <summary>
    /// Adds the model of a file under a key, for programs with several models: <c>[FromKeyedServices("speech")] MixtureScorer scorer</c>.
    /// </summary>
    /// <param name="key">The key of the services.</param>
    /// <inheritdoc cref="AddGaussianMixture"/>
    public static IServiceCollection AddKeyedGaussianMixture(
        this IServiceCollection services, object key, string path, Action<GaussianMixtureProviderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(path);
        services.TryAddKeyedSingleton(key, (provider, _) => Create(provider, path, configure));
        services.TryAddKeyedTransient(key, (provider, name) => provider.GetRequiredKeyedService<GaussianMixtureProvider>(name).Current);
        services.TryAddKeyedTransient(key, (provider, name) => provider.GetRequiredKeyedService<GaussianMixtureProvider>(name).Scorer);
        services.TryAddKeyedTransient(key, (provider, name) => provider.GetRequiredKeyedService<GaussianMixtureProvider>(name).Model);
        return services;
    }

    private static GaussianMixtureProvider Create(
        IServiceProvider provider, string path, Action<GaussianMixtureProviderOptions>? configure)
    {
        GaussianMixtureProviderOptions options = new();
        configure?.Invoke(options);
        return new GaussianMixtureProvider(path, options, provider.GetService<ILogger<GaussianMixtureProvider>>());
    }
}
