using GmmNative.Cli;

// Nothing else happens here: what is compiled before the first line runs must need no library.
return Start.Run(args);
