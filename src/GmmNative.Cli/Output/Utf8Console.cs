using System.Text;

namespace GmmNative.Cli.Output;

/// <summary>
/// Sets standard output and standard error to UTF-8 on Windows, where they otherwise use the console's code page even when they are
/// redirected. On other systems they are always UTF-8. The code page belongs to the console, not to the program, so it is restored on
/// disposal.
/// </summary>
internal sealed class Utf8Console : IDisposable
{
    private readonly Encoding? _before;

    public Utf8Console()
    {
        if (OperatingSystem.IsWindows())
        {
            _before = Console.OutputEncoding;
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
    }

    public void Dispose()
    {
        if (_before is not null)
        {
            Console.OutputEncoding = _before;
        }
    }
}
