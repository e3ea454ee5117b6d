using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using GmmNative.Onnx.Protobuf;

namespace GmmNative.Onnx.Graph;

/// <summary>The model as a graph of ONNX operations.</summary>
/// <typeparam name="T">The type of the rows and of the results.</typeparam>
internal static class MixtureGraph<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private const int OperatorSet = 17;
    private const int FormatVersion = 8;

    private static readonly ElementType Type = typeof(T) == typeof(double) ? ElementType.Double : ElementType.Single;

    /// <summary>Returns the bytes of a file.</summary>
    /// <exception cref="ArgumentException">The file would be larger than 2 GB.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static byte[] Write(GaussianMixture model)
    {
        Whitening whitening = new(model);
        CheckSize(model, whitening);
        GraphWriter graph = new();
        AddResults(graph, AddLogJoint(graph, model, whitening), model.ComponentCount);
        graph.Declare(true, "rows", Type, "T x D", model.Dimension);
        graph.Declare(false, "label", ElementType.Int64, "The most probable component of each row, from 0", null);
        graph.Declare(false, "posterior", Type, "The posterior probability of each component", model.ComponentCount);
        graph.Declare(false, "log_density", Type, "The log-density of each row, in nats", null);
        string version = typeof(GaussianMixture).Assembly.GetName().Version!.ToString(3);
        MessageWriter file = new MessageWriter()
            .Number(1, FormatVersion).Text(2, "GmmNative").Text(3, version).Text(6, $"Gaussian mixture: {model}")
            .Message(7, graph.Message).Message(8, new MessageWriter().Text(1, "").Number(2, OperatorSet));
        foreach ((string key, string value) in Metadata(model))
        {
            file.Message(14, new MessageWriter().Text(1, key).Text(2, value));
        }

        return file.ToArray();
    }

    /// <summary>Adds log w_k + log N(x; mu_k, Sigma_k), T x K.</summary>
    private static string AddLogJoint(GraphWriter graph, GaussianMixture model, Whitening whitening)
    {
        int d = model.Dimension, k = model.ComponentCount;

        // The center is exact in T. Rows lose nothing when it is subtracted, and the differences of the means from it are small.
        T[] center = Center(model);
        double[] offsets = model.Means.ToArray();
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] -= double.CreateTruncating(center[i % d]);
        }

        graph.Add("Sub", "centered", ["rows", graph.Constant<T>("center", Type, center, d)]);
        string means = graph.Constant<T>("means", Type, Narrow(offsets), k, 1, d);
        graph.Add("Sub", "differences", ["centered", means]);
        if (whitening.IsDiagonal)
        {
            string scales = graph.Constant<T>("scales", Type, Narrow(whitening.Diagonals()), whitening.Count, 1, d);
            graph.Add("Mul", "whitened", ["differences", scales]);
        }
        else
        {
            string factors = graph.Constant<T>("factors", Type, Narrow(whitening.Matrices()), whitening.Count, d, d);
            graph.Add("MatMul", "whitened", ["differences", factors]);
        }

        graph.Add("ReduceSumSquare", "distances", ["whitened"], [2], ("keepdims", 0));
        graph.Add("Transpose", "distances_of_rows", ["distances"], [1, 0]);
        graph.Add("Mul", "exponents", ["distances_of_rows", graph.Constant<T>("half", Type, [T.CreateTruncating(-0.5)])]);
        return graph.Add(
            "Add", "log_joint", ["exponents", graph.Constant<T>("log_normalizers", Type, Narrow(whitening.LogNormalizers), k)]);
    }

    private static void AddResults(GraphWriter graph, string joint, int components)
    {
        graph.Add("ArgMax", "label", [joint], null, ("axis", 1), ("keepdims", 0), ("select_last_index", 0));

        // Where every density underflows, the largest is minus infinity: a finite number in its place keeps the differences defined.
        string lowest = graph.Constant<T>("lowest", Type, [T.MinValue]);
        graph.Add("ReduceMax", "largest", [joint], [1], ("keepdims", 1));
        graph.Add("Max", "shift", ["largest", lowest]);
        graph.Add("Sub", "shifted", [joint, "shift"]);
        graph.Add("Exp", "densities", ["shifted"]);
        string second = graph.Constant<long>("second_axis", ElementType.Int64, [1], 1);
        graph.Add("ReduceSum", "sum", ["densities", second], null, ("keepdims", 1));
        graph.Add("Log", "log_sum", ["sum"]);
        graph.Add("Add", "log_density_column", ["log_sum", "shift"]);
        graph.Add("Squeeze", "log_density", ["log_density_column", second]);
        graph.Add("Div", "shares", ["densities", "sum"]);
        graph.Add("Equal", "is_far", ["sum", graph.Constant<T>("zero", Type, [T.Zero])]);
        string equal = graph.Constant<T>("equal_share", Type, [T.One / T.CreateTruncating(components)]);
        graph.Add("Where", "posterior", ["is_far", equal, "shares"]);
    }

    private static IEnumerable<(string Key, string Value)> Metadata(GaussianMixture model)
    {
        yield return ("covariance_type", model.Structure.KindName);
        yield return ("components", model.ComponentCount.ToString(CultureInfo.InvariantCulture));
        yield return ("dimension", model.Dimension.ToString(CultureInfo.InvariantCulture));
        if (model.Structure.BlockSizes.Count > 1)
        {
            yield return ("block_size", string.Join(',', model.Structure.BlockSizes));
        }

        if (model.Columns is { } columns)
        {
            yield return ("columns", ToJson(columns));
        }
    }

    // Written token by token, because a serializer would need reflection.
    private static string ToJson(IEnumerable<string> names)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartArray();
            foreach (string name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static T[] Center(GaussianMixture model)
    {
        double[] mean = new double[model.Dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            TensorPrimitives.MultiplyAdd(model.Mean(k), model.Weights.Span[k], mean, mean);
        }

        return Narrow(mean);
    }

    private static T[] Narrow(ReadOnlySpan<double> values)
    {
        T[] result = new T[values.Length];
        TensorPrimitives.ConvertTruncating(values, result);
        return result;
    }

    private static void CheckSize(GaussianMixture model, Whitening whitening)
    {
        long numbers = (long)whitening.Count * model.Dimension * (whitening.IsDiagonal ? 1 : model.Dimension);
        long others = (long)model.ComponentCount * (model.Dimension + 1);
        long bytes = (numbers + others) * (Type == ElementType.Double ? sizeof(double) : sizeof(float));
        if (bytes > int.MaxValue - (1 << 20))
        {
            throw new ArgumentException(
                $"The model needs {bytes >> 20} MB, but ONNX files have at most 2 GB. Use diagonal covariances or fewer components.");
        }
    }
}
