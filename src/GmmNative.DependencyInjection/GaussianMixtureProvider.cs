using GmmNative.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GmmNative;

/// <summary>
/// A model in a file, with its scorer, that is loaded again when the file changes. If the new file is not a valid model, or has another
/// dimension, the old model stays in use and a warning is logged.
/// </summary>
/// <remarks>
/// Thread-safe. A reader takes <see cref="Current"/> once per unit of work and uses the same model throughout; a reload replaces the
/// reference atomically and disturbs no reader. Write the new file under another name and rename it, as <c>gmm</c> and
/// <see cref="ModelFile"/> do; a file that is copied in place is read when it is complete.
/// </remarks>
/// <example>
/// <code>
/// using GaussianMixtureProvider mixture = new("model.npz");
/// double logDensity = mixture.Scorer.LogDensity([1.5, 2.5]);
/// </code>
/// </example>
public sealed partial class GaussianMixtureProvider : IDisposable
{
    private readonly GaussianMixtureProviderOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // Two timers: events in a busy folder postpone the first one again and again, but not the checks at intervals.
    private readonly Timer? _afterEvent;
    private readonly Timer? _atIntervals;
    private readonly FileSystemWatcher? _watcher;

    // The file that was last read, successfully or not. Guarded by _lock.
    private FileStamp? _stamp;
    private bool _isDisposed;
    private volatile LoadedMixture _current;

    /// <summary>Loads the model and starts to watch its file.</summary>
    /// <param name="path">A model file that contains its own shape: <c>.npz</c> or <c>.json</c>.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="logger">Receives an entry for each reload and for each file that is not used; optional.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time in the options is not positive, or longer than 24 days.</exception>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid model.</exception>
    public GaussianMixtureProvider(
        string path, GaussianMixtureProviderOptions? options = null, ILogger<GaussianMixtureProvider>? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _options = options is null ? new() : options with { };
        _logger = logger ?? NullLogger<GaussianMixtureProvider>.Instance;
        CheckTime(_options.ReloadDelay, nameof(options));
        CheckTime(_options.CheckInterval, nameof(options));
        FilePath = Path.GetFullPath(path);

        // The stamp is taken before the file is read: a change in between is then seen by the next check.
        _stamp = TryStamp();
        _current = Load();
        if (_options.ReloadOnChange)
        {
            _afterEvent = new Timer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _atIntervals = new Timer(_ => Check(), null, _options.CheckInterval, _options.CheckInterval);
            _watcher = Watch(Path.GetDirectoryName(FilePath)!);
        }
    }

    /// <summary>The full path of the file.</summary>
    public string FilePath { get; }

    /// <summary>The model in use, with its scorer. Take it once per unit of work.</summary>
    public LoadedMixture Current => _current;

    /// <summary>The scorer of the model in use.</summary>
    public MixtureScorer Scorer => _current.Scorer;

    /// <summary>The model in use.</summary>
    public GaussianMixture Model => _current.Model;

    /// <summary>
    /// Occurs after a new model has come into use, on a thread of the thread pool. An exception of a handler is logged.
    /// </summary>
    public event EventHandler<LoadedMixture>? Reloaded;

    /// <summary>Loads the file now, whether or not it has changed.</summary>
    /// <returns>
    /// True if the file is in use; false if it is not valid, in which case the old model stays in use and the log has the reason.
    /// </returns>
    public bool Reload()
    {
        lock (_lock)
        {
            _stamp = TryStamp();
            return TryReplace();
        }
    }

    /// <summary>Stops watching the file. The model stays usable.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _watcher?.Dispose();
        _afterEvent?.Dispose();
        _atIntervals?.Dispose();
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time <= TimeSpan.Zero || time.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(name, $"A time of {time} is not between 0 and 24 days.");
        }
    }

    private void Check()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            FileStamp? stamp = TryStamp();
            if (stamp == _stamp)
            {
                return;
            }

            _stamp = stamp;
            _ = TryReplace();
        }
    }

    private bool TryReplace()
    {
        LoadedMixture loaded;
        try
        {
            loaded = Load();
        }
        catch (GmmException e)
        {
            LogRejected(e.Message);
            return false;
        }

        int dimension = _current.Model.Dimension;
        if (loaded.Model.Dimension != dimension && !_options.AllowOtherDimension)
        {
            LogRejected($"{FilePath}: the new model has dimension {loaded.Model.Dimension}, but the one in use has {dimension}.");
            return false;
        }

        _current = loaded;
        LogReloaded(FilePath, loaded.Model.ToString());
        Notify(loaded);
        return true;
    }

    // A handler is foreign code. Its exception would end the process on a thread of the pool.
    private void Notify(LoadedMixture loaded)
    {
        foreach (EventHandler<LoadedMixture> handler in Delegate.EnumerateInvocationList(Reloaded))
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                try
                {
                    handler(this, loaded);
                }
#pragma warning disable CA1031 // Any exception: it is logged.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogHandlerFailed(e, FilePath);
                }
            });
        }
    }

    private LoadedMixture Load()
    {
        GaussianMixture model = ModelFile.Load(FilePath);
        return new LoadedMixture(model, model.CreateScorer(_options.Execution), DateTimeOffset.UtcNow);
    }

    // A file that cannot be examined counts as missing. Reading it gives the reason.
    private FileStamp? TryStamp()
    {
        try
        {
            return FileStamp.Of(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotExamined(FilePath, e.Message);
            return null;
        }
    }

    private FileSystemWatcher? Watch(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            // All names of the folder: a link to the file may lead through another entry, as in Kubernetes.
            watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, _) => CheckSoon();
            watcher.Created += (_, _) => CheckSoon();
            watcher.Renamed += (_, _) => CheckSoon();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // Linux limits the number of watchers. The checks at intervals remain.
            watcher?.Dispose();
            LogNotWatched(FilePath, e.Message);
            return null;
        }
    }

    // Every event postpones the check, so that a file that is being copied is read once.
    private void CheckSoon()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _afterEvent!.Change(_options.ReloadDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Path}: the new model is in use: {Model}.")]
    private partial void LogReloaded(string path, string model);

    [LoggerMessage(2, LogLevel.Warning, "{Message} The old model stays in use.")]
    private partial void LogRejected(string message);

    [LoggerMessage(3, LogLevel.Warning, "{Path}: the folder cannot be watched ({Reason}). Changes are found at intervals.")]
    private partial void LogNotWatched(string path, string reason);

    [LoggerMessage(4, LogLevel.Warning, "{Path}: the file cannot be examined ({Reason}).")]
    private partial void LogNotExamined(string path, string reason);

    [LoggerMessage(5, LogLevel.Error, "{Path}: a handler of the event Reloaded failed.")]
    private partial void LogHandlerFailed(Exception exception, string path);
}
