// Nothing else happens here: what is compiled before the first line runs must need no library.
using GmmNative.Cli;

return Start.Run(args);
