using GmmNative.Execution;

namespace GmmNative.Estimation.Choice;

/// <summary>
/// Runs the two tasks of each cell of a grid on several threads. The first task of a cell depends on nothing. The second one needs the
/// first task of its cell, and the second task of the cell before it in its chain.
/// </summary>
/// <param name="previous">For each cell, the number of the cell before it, which is smaller, or -1.</param>
internal sealed class SelectionSchedule(int[] previous)
{
    private readonly object _lock = new();
    private readonly bool[] _hasBegun = new bool[previous.Length];
    private readonly bool[] _isFinishing = new bool[previous.Length];
    private readonly bool[] _isFinished = new bool[previous.Length];
    private int _next;
    private int _remaining = previous.Length;
    private bool _isAbandoned;

    /// <summary>Runs all tasks. Cells begin in the order of their numbers, and finish as early as possible.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="begin">The first task of a cell.</param>
    /// <param name="finish">The second task of a cell.</param>
    /// <exception cref="Exception">The first exception of a task. Tasks that run at that time are completed.</exception>
    public void Run(int threads, Action<int> begin, Action<int> finish) => WorkerTeam.Run(Math.Min(threads, previous.Length), () =>
    {
        while (TryTake(out int cell, out bool isSecond))
        {
            try
            {
                (isSecond ? finish : begin)(cell);
            }
            catch
            {
                Abandon();
                throw;
            }

            Complete(cell, isSecond);
        }
    });

    private bool TryTake(out int cell, out bool isSecond)
    {
        lock (_lock)
        {
            while (_remaining > 0 && !_isAbandoned)
            {
                cell = FindReady();
                isSecond = cell >= 0;
                if (isSecond)
                {
                    _isFinishing[cell] = true;
                    return true;
                }

                if (_next < previous.Length)
                {
                    cell = _next++;
                    return true;
                }

                Monitor.Wait(_lock);
            }
        }

        (cell, isSecond) = (-1, false);
        return false;
    }

    /// <summary>Returns the first cell whose second task can start, or -1.</summary>
    private int FindReady()
    {
        for (int cell = 0; cell < _next; cell++)
        {
            if (_hasBegun[cell] && !_isFinishing[cell] && (previous[cell] < 0 || _isFinished[previous[cell]]))
            {
                return cell;
            }
        }

        return -1;
    }

    private void Complete(int cell, bool isSecond)
    {
        lock (_lock)
        {
            (isSecond ? _isFinished : _hasBegun)[cell] = true;
            _remaining -= isSecond ? 1 : 0;
            Monitor.PulseAll(_lock);
        }
    }

    private void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_lock);
        }
    }
}
