using GmmNative.Maximization;

namespace GmmNative.Estimation.Steps;

/// <summary>
/// Accelerates EM: after pass k since the last restart, the next pass starts from G(t) + k / (k + 3) (G(t) - G(previous t)), where G is a
/// plain step and t an accepted model. A model with a lower objective than the last accepted one is rejected, and the next pass starts from
/// the plain G(t), whose objective cannot be lower. One instance serves one fit.
/// </summary>
/// <remarks>
/// The sequence of factors is that of Nesterov's accelerated gradient; the restart is the function scheme of O'Donoghue and Candes (2015,
/// Adaptive restart for accelerated gradient schemes). The objective of an extrapolated model needs no pass of its own.
/// </remarks>
/// <param name="extrapolation">Extrapolates models.</param>
internal sealed class Momentum(MixtureExtrapolation extrapolation)
{
    /// <summary>Two rejections within this number of passes stop the extrapolation for some passes.</summary>
    private const int ShortRun = 4;

    /// <summary>The largest exponent of the number of plain passes, so that the extrapolation is always tried again.</summary>
    private const int MaximumHoldExponent = 6;

    private GaussianMixture? _image;
    private double _objective = double.NegativeInfinity;
    private bool _isExtrapolated;
    private int _run;
    private int _sinceRejection = ShortRun + 1;
    private int _holdExponent;
    private int _held;

    /// <summary>Decides whether the model of a pass is accepted. Models that are not extrapolated always are.</summary>
    /// <param name="objective">The objective of the model of the pass; NaN if the pass failed.</param>
    public bool Accepts(double objective) => !_isExtrapolated || objective >= _objective;

    /// <summary>Returns the model of the next pass after an accepted one.</summary>
    /// <param name="step">The accepted pass.</param>
    public GaussianMixture Accept(EmStepResult step)
    {
        GaussianMixture? earlier = _image;
        GaussianMixture latest = step.Update.Model;
        (_image, _objective) = (latest, step.Objective);
        _sinceRejection++;
        _isExtrapolated = false;
        if (_held > 0)
        {
            _held--;
            return latest;
        }

        if (earlier is null || _run++ == 0)
        {
            return latest;
        }

        int pass = _run - 1;
        GaussianMixture next = extrapolation.Extrapolate(earlier, latest, step.Update.Empty, pass / (pass + 3.0));
        _isExtrapolated = !ReferenceEquals(next, latest);
        return next;
    }

    /// <summary>Returns the model of the next pass after a rejected one: the plain step from the last accepted model.</summary>
    public GaussianMixture Reject()
    {
        _holdExponent = _sinceRejection <= ShortRun ? Math.Min(_holdExponent + 1, MaximumHoldExponent) : 0;
        _held = _holdExponent == 0 ? 0 : 1 << _holdExponent;
        (_run, _sinceRejection, _isExtrapolated) = (0, 0, false);
        return _image!;
    }

    /// <summary>Whether the model of the current pass is extrapolated, so that it may fail where plain EM does not.</summary>
    public bool IsExtrapolated => _isExtrapolated;
}
