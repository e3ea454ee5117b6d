using CommunityToolkit.HighPerformance;
using GmmNative.Cli.Endings;
using GmmNative.Estimation.Variational;
using GmmNative.Files.Vectors;
using GmmNative.Initialization.Responsibilities;

namespace GmmNative.Cli.Training;

/// <summary>Reads the arrays that options of a training name: posteriors of the start, and priors.</summary>
internal static class TrainingArrays
{
    /// <summary>Reads the posteriors of the start.</summary>
    /// <param name="path">The file, T x K.</param>
    public static ReadOnlyMemory2D<double> ReadPosteriors(string path)
    {
        using IVectorSource source = Named("--init-posterior", () => VectorFile.Open(path));
        return new ReadOnlyMemory2D<double>(NumberFile.ReadAll(source, path), checked((int)source.RowCount!.Value), source.Dimension);
    }

    /// <summary>Checks the posteriors of the start.</summary>
    /// <exception cref="VectorDataException">They do not fit the rows and the components, or a row is not a distribution.</exception>
    public static void CheckPosteriors(ReadOnlyMemory2D<double> posteriors, IVectorSource rows, int components, string path) =>
        GivenPosteriors.Check(posteriors, rows.RowCount, components, $"--init-posterior {path}");

    /// <summary>Reads the priors that are files, and checks all priors.</summary>
    /// <param name="options">The options of the command line.</param>
    /// <param name="settings">The files.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <exception cref="UsageException">The degrees of freedom are too small for the dimension.</exception>
    /// <exception cref="VectorDataException">A file cannot be read, or has the wrong size or numbers.</exception>
    public static GmmVariationalOptions ReadPriors(GmmVariationalOptions options, TrainingSettings settings, CovarianceStructure structure)
    {
        if (options.DegreesOfFreedom <= structure.Dimension - 1)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--degrees-of-freedom: {options.DegreesOfFreedom} is not above D - 1 = {structure.Dimension - 1}"));
        }

        if (settings.MeanPrior is { } mean)
        {
            options = options with { Mean = Named("--mean-prior", () => NumberFile.Read(mean).Values) };
            Check(options, structure, $"--mean-prior {mean}");
        }

        if (settings.CovariancePrior is { } covariance)
        {
            options = options with { Covariance = Named("--covariance-prior", () => NumberFile.Read(covariance).Values) };
            Check(options, structure, $"--covariance-prior {covariance}");
        }

        return options;
    }

    private static void Check(GmmVariationalOptions options, CovarianceStructure structure, string what)
    {
        try
        {
            VariationalPriors.Check(options, structure);
        }
        catch (ArgumentException e)
        {
            throw new VectorDataException($"{what}: {ErrorReport.WithoutParameterName(e)}", e);
        }
    }

    private static T Named<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VectorDataException e)
        {
            throw new VectorDataException($"{option} {e.Message}", e);
        }
    }
}
