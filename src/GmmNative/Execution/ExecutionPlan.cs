using GmmNative.Interop;

namespace GmmNative.Execution;

/// <summary>Execution options with all defaults resolved.</summary>
internal sealed class ExecutionPlan
{
    private ExecutionPlan(DenseBackend backend, string backendReason, int threads, ExecutionOptions options)
    {
        Backend = backend;
        BackendReason = backendReason;
        Threads = threads;
        Precision = options.Precision;
        Path = options.Path;
        BatchSize = options.BatchSize;
    }

    public DenseBackend Backend { get; }

    public string BackendReason { get; }

    public int Threads { get; }

    public Precision Precision { get; }

    public NumericalPath Path { get; }

    public int? BatchSize { get; }

    /// <summary>The scratch memory shared by the passes of this plan.</summary>
    public ScratchPool Scratch { get; } = new();

    /// <summary>Validates the options and resolves their defaults.</summary>
    public static ExecutionPlan From(ExecutionOptions? options)
    {
        options ??= ExecutionOptions.Default;
        options.Validate();
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        if (options.Backend is { } backend)
        {
            return new ExecutionPlan(backend, "requested", threads, options);
        }

        BackendSelection selection = Backends.Select();
        return new ExecutionPlan(selection.Backend, selection.Reason, threads, options);
    }
}
