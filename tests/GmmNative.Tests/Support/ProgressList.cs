namespace GmmNative.Tests.Support;

/// <summary>Keeps what is reported, in order, on the reporting thread; can act on it.</summary>
internal sealed class ProgressList(Action<EmIteration>? act = null) : IProgress<EmIteration>
{
    public List<EmIteration> Items { get; } = [];

    public void Report(EmIteration value)
    {
        Items.Add(value);
        act?.Invoke(value);
    }
}
