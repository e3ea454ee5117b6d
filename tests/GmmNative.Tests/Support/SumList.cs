using GmmNative.Passes;

namespace GmmNative.Tests.Support;

/// <summary>Copies all numbers of an accumulator to a list; puts them into another accumulator; or adds them to it.</summary>
internal sealed class SumList(SumListUse use) : ISumVisitor
{
    private readonly List<double[]> _parts = [];
    private int _next;

    /// <summary>What was shown: <c>counts 2</c>, <c>sums 15</c> and so on, in order.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The numbers of each part.</summary>
    public IReadOnlyList<double[]> Parts => _parts;

    /// <summary>A visitor that puts these numbers into another accumulator, or adds them.</summary>
    public SumList Continue(SumListUse next)
    {
        SumList list = new(next);
        list._parts.AddRange(_parts);
        return list;
    }

    public void Counts(Span<long> counts)
    {
        double[] numbers = [.. counts.ToArray().Select(count => (double)count)];
        Visit("counts", numbers);
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (long)numbers[i];
        }
    }

    public void Sums(Span<double> sums) => Visit("sums", sums);

    public void Minima(Span<double> minima) => Visit("minima", minima);

    public void Maxima(Span<double> maxima) => Visit("maxima", maxima);

    private void Visit(string name, Span<double> numbers)
    {
        Names.Add($"{name} {numbers.Length}");
        if (use == SumListUse.Copy)
        {
            _parts.Add(numbers.ToArray());
            return;
        }

        double[] stored = _parts[_next++];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = use == SumListUse.Put ? stored[i] : numbers[i] + stored[i];
        }
    }
}
