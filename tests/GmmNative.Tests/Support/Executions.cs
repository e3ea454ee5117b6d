using GmmNative.Interop;
using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>All ways to compute: each backend that is there, both precisions, each path.</summary>
internal static class Executions
{
    public static IEnumerable<ExecutionOptions> All =>
        from backend in TestBackends.Kinds
        from precision in Enum.GetValues<Precision>()
        from path in Enum.GetValues<NumericalPath>()
        select new ExecutionOptions { Backend = TestBackends.Get(backend), Precision = precision, Path = path, Threads = 2 };

    /// <summary>Rounding of one operation in a precision.</summary>
    public static double Epsilon(Precision precision) => precision == Precision.Double ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);

    public static string Describe(ExecutionOptions execution) =>
        $"{execution.Backend!.Description}, {execution.Precision}, {execution.Path}";
}
