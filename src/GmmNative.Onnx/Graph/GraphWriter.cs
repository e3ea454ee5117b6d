using System.Runtime.InteropServices;
using GmmNative.Onnx.Protobuf;

namespace GmmNative.Onnx.Graph;

/// <summary>Collects the nodes, constants, inputs and outputs of a graph. Field numbers are those of <c>onnx.proto</c>.</summary>
internal sealed class GraphWriter
{
    private const int NodeField = 1;
    private const int InitializerField = 5;
    private const int InputField = 11;
    private const int OutputField = 12;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;

    private readonly MessageWriter _graph = new MessageWriter().Text(2, "gaussian_mixture");

    /// <summary>The graph so far.</summary>
    public MessageWriter Message => _graph;

    /// <summary>Adds an operation with one result.</summary>
    /// <param name="operation">The name of the operation in ONNX.</param>
    /// <param name="result">The name of the result.</param>
    /// <param name="operands">The names of the operands.</param>
    /// <param name="axes">The values of the attribute <c>axes</c>, or <c>perm</c> of a Transpose.</param>
    /// <param name="attributes">Further attributes.</param>
    /// <returns>The name of the result.</returns>
    public string Add(
        string operation, string result, string[] operands, long[]? axes = null, params (string Name, long Value)[] attributes)
    {
        MessageWriter node = new();
        foreach (string operand in operands)
        {
            node.Text(1, operand);
        }

        node.Text(2, result).Text(3, result).Text(4, operation);
        if (axes is not null)
        {
            MessageWriter list = new MessageWriter().Text(1, operation == "Transpose" ? "perm" : "axes");
            foreach (long axis in axes)
            {
                list.Number(8, axis);
            }

            node.Message(5, list.Number(20, IntegersAttribute));
        }

        foreach ((string name, long value) in attributes)
        {
            node.Message(5, new MessageWriter().Text(1, name).Number(3, value).Number(20, IntegerAttribute));
        }

        _graph.Message(NodeField, node);
        return result;
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The name.</returns>
    public string Constant<T>(string name, ElementType type, ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        MessageWriter tensor = new();
        foreach (long size in shape)
        {
            tensor.Number(1, size);
        }

        _graph.Message(InitializerField, tensor.Number(2, (long)type).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values)));
        return name;
    }

    /// <summary>Declares an input, or an output.</summary>
    /// <param name="isInput">Whether it is an input.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="description">What it contains.</param>
    /// <param name="columns">The number of columns, or <see langword="null"/> for one number per row.</param>
    public void Declare(bool isInput, string name, ElementType type, string description, long? columns)
    {
        MessageWriter shape = new MessageWriter().Message(1, new MessageWriter().Text(2, "T"));
        if (columns is { } size)
        {
            shape.Message(1, new MessageWriter().Number(1, size));
        }

        MessageWriter tensor = new MessageWriter().Number(1, (long)type).Message(2, shape);
        _graph.Message(
            isInput ? InputField : OutputField,
            new MessageWriter().Text(1, name).Message(2, new MessageWriter().Message(1, tensor)).Text(3, description));
    }
}
