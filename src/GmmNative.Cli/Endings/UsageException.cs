namespace GmmNative.Cli.Endings;

/// <summary>The command line asks for something that cannot be: exit code 2, with a hint at the command's help.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Runs what checks option values, so that what the library says of a wrong one is an error of usage.</summary>
    public static T Guard<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorReport.WithoutParameterName(e), e);
        }
    }
}
