using System.Text;

namespace GmmNative.Cli.Output;

/// <summary>
/// Makes standard output and standard error UTF-8 on Windows, where they would have the code page of the console even when they are
/// redirected. Elsewhere they are UTF-8 anyway. The code page belongs to the console and not to the program: it is put back at the end.
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
