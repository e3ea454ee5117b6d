using GmmNative.Cli;

return GmmProgram.Run(args);
