using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmmNative.Errors;
using GmmNative.Files.Json;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Models;

/// <summary>The <c>.json</c> format, for people and other programs. Its numbers convert back to the same bits.</summary>
internal sealed class JsonModelFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Extension => ".json";

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken)
    {
        // The text is read twice: first for its contents, and then, after sizes and memory have been checked, for the numbers.
        JsonModelContents contents = JsonModelContents.Read(stream);
        if (contents.Version is long version)
        {
            ModelLayout.CheckVersion(version);
        }

        JsonArray weights = contents.Weights ?? throw Missing(ModelLayout.Weights);
        JsonArray means = contents.Means ?? throw Missing(ModelLayout.Means);
        JsonArray covariances = contents.Covariances ?? throw Missing(ModelLayout.Covariances);
        CovarianceKind? kind = contents.CovarianceType is string text ? ModelLayout.ParseKind(text) : null;
        CovarianceStructure structure = ModelLayout.Infer(weights.Shape, means.Shape, covariances.Shape, kind, contents.BlockSizes);
        int count = (int)weights.Shape[0];
        request.Check(structure, count);
        ModelLayout.CheckMemory(structure, count);
        WeightPrior? prior = VariationalLayout.Determine(
            contents.WeightPriorType, contents.WeightConcentration?.Shape, contents.MeanPrecision?.Shape, contents.DegreesOfFreedom?.Shape,
            count);
        GaussianMixture model = GaussianMixture.FromOwned(
            structure,
            JsonNumbers.Read(stream, weights),
            JsonNumbers.Read(stream, means),
            JsonNumbers.Read(stream, covariances),
            cancellationToken);
        model = ModelLayout.Name(model, contents.Columns);
        model = prior is { } weightPrior
            ? VariationalLayout.Attach(
                model, weightPrior, JsonNumbers.Read(stream, contents.WeightConcentration!),
                JsonNumbers.Read(stream, contents.MeanPrecision!), JsonNumbers.Read(stream, contents.DegreesOfFreedom!))
            : model;
        return model.WithTrainingCriteria(contents.Criteria);
    }

    /// <inheritdoc/>
    public void Write(Stream stream, GaussianMixture model)
    {
        // Written without Utf8JsonWriter, which puts each number on its own line. Only known names and numbers are written here.
        CovarianceStructure structure = model.Structure;
        int d = model.Dimension;
        WriteName(stream, "{", ModelLayout.FormatVersion);
        WriteText(stream, $"{ModelLayout.VersionOf(model)}");
        WriteName(stream, ",", ModelLayout.CovarianceType);
        WriteText(stream, $"\"{structure.KindName}\"");
        WriteName(stream, ",", ModelLayout.BlockSize);
        WriteRow<int>(stream, [.. structure.BlockSizes]);
        if (model.Columns is { } columns)
        {
            WriteName(stream, ",", ModelLayout.Columns);
            IEnumerable<JsonEncodedText> names = columns.Select(
                n => JsonEncodedText.Encode(n, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
            WriteText(stream, $"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]");
        }

        WriteName(stream, ",", ModelLayout.Weights);
        WriteRow(stream, model.Weights.Span);
        WriteName(stream, ",", ModelLayout.Means);
        WriteRows(stream, model.Means.Span, d, "  ");
        WriteName(stream, ",", ModelLayout.Covariances);
        long[] shape = structure.Storage.Shape(model.ComponentCount);
        if (shape.Length == 1)
        {
            WriteRow(stream, model.Covariances.Span);
        }
        else if (shape.Length == 2)
        {
            WriteRows(stream, model.Covariances.Span, d, "  ");
        }
        else
        {
            for (int k = 0; k < model.ComponentCount; k++)
            {
                WriteText(stream, k == 0 ? "[\n    " : ",\n    ");
                WriteRows(stream, model.Covariance(k), d, "    ");
            }

            WriteText(stream, "\n  ]");
        }

        if (model.Variational is { } posterior)
        {
            WritePosterior(stream, posterior);
        }

        WriteCriteria(stream, model);
        WriteText(stream, "\n}\n");
    }

    private static void WriteCriteria(Stream stream, GaussianMixture model)
    {
        string separator = "{";
        foreach ((string name, double value) in CriteriaLayout.Members(model))
        {
            if (separator == "{")
            {
                WriteName(stream, ",", CriteriaLayout.Criteria);
            }

            WriteText(stream, $"{separator}\"{name}\": ");
            NumberWriter.WriteText(stream, [value], ", "u8, ""u8);
            separator = ", ";
        }

        WriteText(stream, separator == "{" ? "" : "}");
    }

    private static void WritePosterior(Stream stream, VariationalPosterior posterior)
    {
        WriteName(stream, ",", VariationalLayout.PriorType);
        WriteText(stream, $"\"{VariationalLayout.NameOf(posterior.WeightPrior)}\"");
        WriteName(stream, ",", VariationalLayout.Concentration);
        if (posterior.WeightPrior == WeightPrior.DirichletProcess)
        {
            WriteRows(stream, posterior.WeightConcentration.Span, posterior.ComponentCount, "  ");
        }
        else
        {
            WriteRow(stream, posterior.WeightConcentration.Span);
        }

        WriteName(stream, ",", VariationalLayout.MeanPrecision);
        WriteRow(stream, posterior.MeanPrecision.Span);
        WriteName(stream, ",", VariationalLayout.DegreesOfFreedom);
        WriteRow(stream, posterior.DegreesOfFreedom.Span);
    }

    private static FileProblemException Missing(string name) => new($"it does not contain \"{name}\".");

    private static void WriteName(Stream stream, string before, string name) => WriteText(stream, $"{before}\n  \"{name}\": ");

    private static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void WriteRows(Stream stream, ReadOnlySpan<double> values, int rowLength, string indent)
    {
        for (int start = 0; start < values.Length; start += rowLength)
        {
            WriteText(stream, $"{(start == 0 ? "[" : ",")}\n{indent}  ");
            WriteRow(stream, values.Slice(start, rowLength));
        }

        WriteText(stream, $"\n{indent}]");
    }

    private static void WriteRow<T>(Stream stream, ReadOnlySpan<T> values)
        where T : IUtf8SpanFormattable
    {
        WriteText(stream, "[");
        NumberWriter.WriteText(stream, values, ", "u8, "]"u8);
    }
}
