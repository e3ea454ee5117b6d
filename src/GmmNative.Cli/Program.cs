using GmmNative.Cli;
using GmmNative.Cli.Output;

// Names of files in messages, and the frames of tables, are more than what the code page of a Windows console has.
using Utf8Console utf8 = new();
return GmmProgram.Run(args);
