using System.Text.Json;

namespace GmmNative.Cli.Output;

/// <summary>Writes criteria, for people and as members of JSON objects.</summary>
internal static class CriteriaText
{
    /// <summary>Describes criteria in one line.</summary>
    public static string Line(MixtureCriteria criteria) => FormattableString.Invariant(
        $"AIC {criteria.Aic:F2}, BIC {criteria.Bic:F2}, ICL {criteria.Icl:F2} with {criteria.Parameters} free parameters");

    /// <summary>Writes an object, unless there are no criteria.</summary>
    public static void WriteObject(Utf8JsonWriter json, string name, MixtureCriteria? criteria)
    {
        if (criteria is not null)
        {
            json.WriteStartObject(name);
            WriteMembers(json, criteria);
            json.WriteEndObject();
        }
    }

    /// <summary>Writes the members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, MixtureCriteria criteria)
    {
        json.WriteFinite("logLikelihood", criteria.LogLikelihood);
        WritePenalized(json, criteria);
    }

    /// <summary>Writes the members of an object that has the log-likelihood already.</summary>
    public static void WritePenalized(Utf8JsonWriter json, MixtureCriteria criteria)
    {
        json.WriteNumber("parameters", criteria.Parameters);
        json.WriteFinite("aic", criteria.Aic);
        json.WriteFinite("bic", criteria.Bic);
        json.WriteFinite("icl", criteria.Icl);
    }
}
