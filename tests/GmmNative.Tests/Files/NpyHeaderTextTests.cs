using GmmNative.Errors;
using GmmNative.Files.Npy;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>The dictionary of a <c>.npy</c> header by itself: each mark that it must have.</summary>
public sealed class NpyHeaderTextTests
{
    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2}")]
    [InlineData("{'descr': '<f8', 'shape': (3, 2, 'fortran_order': False}")]
    [InlineData("{'shape': (3 'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'shape': 3), 'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'shape': (3), 'descr': '<f8' 'fortran_order': False}")]
    [InlineData("{'shape' (3,), 'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'shape': (3,), 'descr': '<f8', 'fortran_order': False")]
    [InlineData("'shape': (3,), 'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'shape': (,), 'descr': '<f8', 'fortran_order': False}")]
    public void Parse_OneMarkMissing_IsMalformed(string text)
    {
        FileProblemException error = Assert.Throws<FileProblemException>(() => NpyHeaderText.Parse(text));
        Assert.Contains("header is malformed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", new long[0], 1)]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807)}", new[] { 0, long.MaxValue }, 0)]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 3, 0,),}", new[] { long.MaxValue, 3, 0 }, 0)]
    [InlineData("{ \"shape\" :\t( 3L,\n2 ) , 'descr':'<f8','fortran_order':False , } \n", new long[] { 3, 2 }, 6)]
    public void Parse_AnyShape_CountsItsElements(string text, long[] shape, long count)
    {
        NpyHeader header = NpyHeaderText.Parse(text);
        Assert.Equal(shape, header.Shape);
        Assert.Equal(count, header.ElementCount);
        Assert.Equal(8 * count, header.DataLength);
    }
}
