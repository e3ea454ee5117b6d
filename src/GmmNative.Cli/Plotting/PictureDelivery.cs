using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary>Makes and writes a picture.</summary>
internal static class PictureDelivery
{
    /// <summary>Makes a picture, writes it, and reports its notes.</summary>
    /// <param name="draw">Makes the picture.</param>
    /// <param name="output">The file.</param>
    /// <param name="verbosity">How much to write to standard error.</param>
    /// <exception cref="UsageException">The columns do not suit the picture.</exception>
    /// <exception cref="GmmException">The native library for drawing cannot be loaded, or the file cannot be written.</exception>
    public static void Write(Func<PlotPicture> draw, string output, ConsoleVerbosity verbosity)
    {
        try
        {
            using PlotPicture picture = UsageException.Guard(draw);
            picture.Save(output);
            if (verbosity >= ConsoleVerbosity.Summary)
            {
                Console.Error.WriteLine($"{output}: {string.Join(" ", [$"{picture.Width}x{picture.Height} pixels.", .. picture.Notes])}");
            }
        }
        catch (Exception e) when (Cause(e) is DllNotFoundException missing)
        {
            throw new GmmException(
                $"gmm plot needs SkiaSharp's native library, which cannot be loaded here: {missing.Message} Install the .NET tool "
                + "GmmNative.Tool, which contains it.",
                e);
        }
    }

    // The library is loaded by type initializers, which wrap the exception.
    private static Exception Cause(Exception exception) =>
        exception is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : exception;
}
