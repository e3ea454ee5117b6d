// Nothing else may be added here. The runtime compiles this method before Start can handle missing assemblies, so it must not need any.
using GmmNative.Cli;

return Start.Run(args);
