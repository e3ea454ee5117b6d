using System.Text.Json;
using GmmNative.Errors;
using GmmNative.Files.Json;

namespace GmmNative.Files.Models;

/// <summary>The contents of a <c>.json</c> model: small values directly, arrays of numbers by offset and shape.</summary>
internal sealed class JsonModelContents
{
    /// <summary>The version of the format.</summary>
    public long? Version { get; private set; }

    /// <summary>The text of the covariance type.</summary>
    public string? CovarianceType { get; private set; }

    /// <summary>The block sizes.</summary>
    public long[]? BlockSizes { get; private set; }

    /// <summary>The names of the columns.</summary>
    public string[]? Columns { get; private set; }

    /// <summary>The text of the kind of the prior of the weights of a variational model.</summary>
    public string? WeightPriorType { get; private set; }

    /// <summary>The weight concentrations of a variational model.</summary>
    public JsonArray? WeightConcentration { get; private set; }

    /// <summary>The precisions of the means of a variational model.</summary>
    public JsonArray? MeanPrecision { get; private set; }

    /// <summary>The degrees of freedom of a variational model.</summary>
    public JsonArray? DegreesOfFreedom { get; private set; }

    /// <summary>The criteria for the training rows.</summary>
    public MixtureCriteria? Criteria { get; private set; }

    /// <summary>The weights.</summary>
    public JsonArray? Weights { get; private set; }

    /// <summary>The means.</summary>
    public JsonArray? Means { get; private set; }

    /// <summary>The covariances.</summary>
    public JsonArray? Covariances { get; private set; }

    /// <summary>Reads a text from start to end.</summary>
    /// <exception cref="FileProblemException">The text is not a JSON object, or a value has the wrong type for its name.</exception>
    public static JsonModelContents Read(Stream stream)
    {
        JsonModelContents contents = new();
        JsonTokens tokens = new(stream, TextStart(stream));
        bool isObject = tokens.Read() && tokens.Type == JsonTokenType.StartObject;
        while (isObject)
        {
            tokens.ReadInside();
            if (tokens.Type != JsonTokenType.PropertyName)
            {
                break;
            }

            string name = tokens.Name;
            tokens.ReadInside();
            contents.Take(name, ref tokens);
        }

        // Reading to the end reports any text after the object as invalid JSON.
        while (tokens.Read())
        {
        }

        return isObject ? contents : throw new FileProblemException("it does not contain a JSON object.");
    }

    private void Take(string name, ref JsonTokens tokens)
    {
        switch (name)
        {
            case ModelLayout.FormatVersion:
                Version = JsonNumbers.ReadInteger(ref tokens, name);
                break;
            case ModelLayout.CovarianceType:
                CovarianceType = tokens.Text;
                tokens.Skip();
                break;
            case ModelLayout.BlockSize:
                BlockSizes = JsonNumbers.ReadIntegers(ref tokens, name, ModelLayout.MaximumBlocks);
                break;
            case ModelLayout.Columns:
                Columns = ReadColumns(ref tokens);
                break;
            case CriteriaLayout.Criteria:
                Criteria = CriteriaLayout.Read(ref tokens);
                break;
            case ModelLayout.Weights:
                Weights = JsonNumbers.Measure(ref tokens, name);
                break;
            case ModelLayout.Means:
                Means = JsonNumbers.Measure(ref tokens, name);
                break;
            case ModelLayout.Covariances:
                Covariances = JsonNumbers.Measure(ref tokens, name);
                break;
            default:
                TakeVariational(name, ref tokens);
                break;
        }
    }

    private void TakeVariational(string name, ref JsonTokens tokens)
    {
        switch (name)
        {
            case VariationalLayout.PriorType:
                WeightPriorType = tokens.Text;
                tokens.Skip();
                break;
            case VariationalLayout.Concentration:
                WeightConcentration = JsonNumbers.Measure(ref tokens, name);
                break;
            case VariationalLayout.MeanPrecision:
                MeanPrecision = JsonNumbers.Measure(ref tokens, name);
                break;
            case VariationalLayout.DegreesOfFreedom:
                DegreesOfFreedom = JsonNumbers.Measure(ref tokens, name);
                break;
            default:
                tokens.Skip();
                break;
        }
    }

    private static string[]? ReadColumns(ref JsonTokens tokens)
    {
        if (tokens.Type == JsonTokenType.Null)
        {
            return null;
        }

        if (tokens.Type != JsonTokenType.StartArray)
        {
            throw NoColumns();
        }

        List<string> names = [];
        for (tokens.ReadInside(); tokens.Type != JsonTokenType.EndArray; tokens.ReadInside())
        {
            if (names.Count == ModelLayout.MaximumDimension)
            {
                throw new FileProblemException($"\"{ModelLayout.Columns}\" has more than {names.Count} names.");
            }

            names.Add(tokens.Type == JsonTokenType.String ? tokens.Decode() : throw NoColumns());
        }

        return [.. names];
    }

    private static FileProblemException NoColumns() => new($"\"{ModelLayout.Columns}\" is not a list of strings.");

    private static long TextStart(Stream stream)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        Span<byte> start = stackalloc byte[mark.Length];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read].SequenceEqual(mark) ? mark.Length : 0;
    }
}
