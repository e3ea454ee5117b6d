namespace GmmNative.Scoring;

/// <summary>Finds the largest posteriors of rows.</summary>
internal static class LargestPosteriors
{
    /// <summary>Finds the largest posteriors of a row, in descending order; equal posteriors in the order of their components.</summary>
    /// <param name="posteriors">K posteriors.</param>
    /// <param name="result">Receives C components, then their C posteriors, with C at most K.</param>
    public static void Find(ReadOnlySpan<double> posteriors, Span<double> result)
    {
        int wanted = result.Length / 2;
        Span<double> components = result[..wanted];
        Span<double> values = result[wanted..];
        int found = 0;
        if (double.IsNaN(posteriors[0]))
        {
            // The row is left out.
            components.Fill(LeftOutRows.Label);
            values.Fill(double.NaN);
            return;
        }

        for (int k = 0; k < posteriors.Length; k++)
        {
            double value = posteriors[k];
            if (found == wanted && !(value > values[found - 1]))
            {
                continue;
            }

            int place = found < wanted ? found++ : wanted - 1;
            for (; place > 0 && value > values[place - 1]; place--)
            {
                values[place] = values[place - 1];
                components[place] = components[place - 1];
            }

            values[place] = value;
            components[place] = k;
        }
    }
}
