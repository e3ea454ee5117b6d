using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GmmNative.Interop;
using Xunit;

namespace GmmNative.Api.Tests.Logging;

/// <summary>The library does not write to the console: its code uses <see cref="Console"/> only to open standard streams.</summary>
public sealed class NoConsoleTests
{
    [Fact]
    public void Library_DoesNotReferToTheConsole()
    {
        using PEReader file = new(File.OpenRead(typeof(GaussianMixture).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] references = [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        Assert.Contains("System.Runtime", references);
        Assert.DoesNotContain("System.Console", references);
    }

    [Fact]
    public void Interop_OnlyOpensStandardStreams()
    {
        // The standard streams are opened only if a program passes "-" as a file.
        using PEReader file = new(File.OpenRead(typeof(DenseBackend).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.All(
            metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => IsOfConsole(metadata, member)),
            member => Assert.StartsWith("OpenStandard", metadata.GetString(member.Name), StringComparison.Ordinal));
    }

    private static bool IsOfConsole(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(Console);
}
