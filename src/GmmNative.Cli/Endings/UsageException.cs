namespace GmmNative.Cli.Endings;

/// <summary>The command line is wrong: exit code 2, with a reference to the help of the command.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Runs code that validates option values, and converts the library's argument exceptions to usage errors.</summary>
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
