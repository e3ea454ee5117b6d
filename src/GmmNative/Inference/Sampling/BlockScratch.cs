using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Inference.Sampling;

/// <summary>The memory in which one thread draws a block.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class BlockScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private double[]? _kept;

    /// <summary>Allocates memory.</summary>
    /// <param name="blockRows">The number of rows per block.</param>
    /// <param name="dimension">D.</param>
    /// <param name="components">K.</param>
    public BlockScratch(int blockRows, int dimension, int components)
    {
        Normals = new double[checked(blockRows * dimension)];
        Labels = new int[blockRows];
        Order = new int[blockRows];
        Ends = new int[components];
    }

    /// <summary>D standard normal numbers per row of the block.</summary>
    public double[] Normals { get; }

    /// <summary>The component of each row of the block.</summary>
    public int[] Labels { get; }

    /// <summary>The rows of the block, ordered by component.</summary>
    public int[] Order { get; }

    /// <summary>The end of each component in <see cref="Order"/>.</summary>
    public int[] Ends { get; }

    /// <summary>The block whose rows are kept, or -1.</summary>
    public long KeptBlock { get; set; } = -1;

    /// <summary>The rows of <see cref="KeptBlock"/>.</summary>
    public double[] Kept => _kept ??= new double[Normals.Length];

    /// <summary>The normal numbers of one group of coordinates for rows of one component, row-major.</summary>
    public double[] Gathered { get; private set; } = [];

    /// <summary>One row of results of a group.</summary>
    public double[] Row { get; private set; } = [];

    /// <summary>The normal numbers in strips.</summary>
    public AlignedBuffer<T> Operand { get; private set; } = new(0);

    /// <summary>The products in strips.</summary>
    public AlignedBuffer<T> Product { get; private set; } = new(0);

    /// <summary>Makes room for products of rows and a group of n coordinates.</summary>
    /// <param name="strips">The layout of the rows.</param>
    /// <param name="n">The number of coordinates.</param>
    public void EnsureRoom(RowStrips strips, int n)
    {
        if (Gathered.Length < strips.Rows * n)
        {
            Gathered = new double[strips.Rows * n];
        }

        if (Row.Length < n)
        {
            Row = new double[n];
        }

        Operand = Operand.Length < strips.Length(n) ? new AlignedBuffer<T>(strips.Length(n)) : Operand;
        int product = strips.Length(RowStrips.PaddedHeight(n));
        Product = Product.Length < product ? new AlignedBuffer<T>(product) : Product;
    }
}
