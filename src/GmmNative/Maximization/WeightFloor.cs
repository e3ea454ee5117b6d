namespace GmmNative.Maximization;

/// <summary>The floor of the weights of components.</summary>
internal static class WeightFloor
{
    /// <summary>Raises weights to a floor, and scales what is above the floor so that the sum is 1.</summary>
    /// <param name="weights">K weights, changed in place.</param>
    /// <param name="floor">The floor, in [0, 1/K].</param>
    public static void Apply(Span<double> weights, double floor)
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = Math.Max(weights[k], floor);
            sum += weights[k];
        }

        double floors = weights.Length * floor;
        if (!(sum > floors) || floors >= 1)
        {
            // Every weight is at the floor: the floor is at least 1/K.
            weights.Fill(1.0 / weights.Length);
            return;
        }

        double scale = (1 - floors) / (sum - floors);
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = (scale * weights[k]) + (floor * (1 - scale));
        }
    }
}
