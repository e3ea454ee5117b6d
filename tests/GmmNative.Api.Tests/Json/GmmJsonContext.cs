using System.Text.Json.Serialization;

namespace GmmNative.Api.Tests.Json;

/// <summary>What a program writes that has no reflection: code for its types is generated when it is compiled.</summary>
[JsonSerializable(typeof(GaussianMixture))]
[JsonSerializable(typeof(GmmFitResult))]
[JsonSerializable(typeof(TransformResult))]
internal sealed partial class GmmJsonContext : JsonSerializerContext;
