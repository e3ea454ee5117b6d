using System.Text.Json;
using GmmNative.Errors;
using GmmNative.Files.Json;
using GmmNative.Files.Npy;

namespace GmmNative.Files.Models;

/// <summary>
/// The criteria of a model for its training rows: in <c>.npz</c> an array of five numbers, in <c>.json</c> an object with five members.
/// </summary>
internal static class CriteriaLayout
{
    /// <summary>The name of the criteria, which are optional.</summary>
    public const string Criteria = "criteria";

    /// <summary>The names of the five numbers, in the order of the array.</summary>
    private static readonly string[] Names = ["logLikelihood", "parameters", "aic", "bic", "icl"];

    /// <summary>
    /// Returns the five numbers of a model in the order of the array, or <see langword="null"/> if it has none, or not only finite ones.
    /// </summary>
    public static double[]? Of(GaussianMixture model)
    {
        double[]? numbers = model.TrainingCriteria is { } criteria
            ? [criteria.LogLikelihood, criteria.Parameters, criteria.Aic, criteria.Bic, criteria.Icl] : null;
        return numbers is not null && numbers.All(double.IsFinite) ? numbers : null;
    }

    /// <summary>Returns the numbers of a model with their names.</summary>
    public static IEnumerable<(string Name, double Value)> Members(GaussianMixture model) => Names.Zip(Of(model) ?? []);

    /// <summary>Reads the array of a <c>.npz</c> file.</summary>
    /// <exception cref="FileProblemException">It does not consist of five finite numbers with a positive number of parameters.</exception>
    public static MixtureCriteria Read(NpzMember member)
    {
        long[] shape = member.RequireNumbers().Header.Shape;
        return shape is [5] ? FromArray(member.ReadDoubles())
            : throw new FileProblemException($"'{Criteria}' has shape {ArrayShape.Text(shape)}, but the expected shape is (5,).");
    }

    /// <summary>Reads the object of a <c>.json</c> file. The current token is its first one.</summary>
    /// <returns>The criteria, or <see langword="null"/> for the value null.</returns>
    /// <exception cref="FileProblemException">It is not an object with five finite numbers.</exception>
    public static MixtureCriteria? Read(ref JsonTokens tokens)
    {
        if (tokens.Type == JsonTokenType.Null)
        {
            return null;
        }

        if (tokens.Type != JsonTokenType.StartObject)
        {
            throw Invalid();
        }

        double[] values = new double[Names.Length];
        values.AsSpan().Fill(double.NaN);
        for (tokens.ReadInside(); tokens.Type != JsonTokenType.EndObject; tokens.ReadInside())
        {
            int place = Array.IndexOf(Names, tokens.Name);
            tokens.ReadInside();
            if (place < 0)
            {
                tokens.Skip();
            }
            else if (tokens.Type != JsonTokenType.Number || !tokens.TryGetDouble(out values[place]))
            {
                throw Invalid();
            }
        }

        return FromArray(values);
    }

    private static MixtureCriteria FromArray(double[] values)
    {
        if (!values.All(double.IsFinite) || values[1] < 1 || values[1] > long.MaxValue / 2 || values[1] != Math.Floor(values[1]))
        {
            throw Invalid();
        }

        return new MixtureCriteria
        {
            LogLikelihood = values[0],
            Parameters = (long)values[1],
            Aic = values[2],
            Bic = values[3],
            Icl = values[4],
        };
    }

    private static FileProblemException Invalid() => new(
        $"'{Criteria}' does not consist of five finite numbers: {string.Join(", ", Names)}.");
}
