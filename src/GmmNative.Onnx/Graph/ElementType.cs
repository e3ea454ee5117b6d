namespace GmmNative.Onnx.Graph;

/// <summary>The numbers that ONNX gives to the types of elements (<c>TensorProto.DataType</c>).</summary>
internal enum ElementType
{
    Single = 1,
    Int64 = 7,
    Double = 11,
}
