using Mirror.Benchmarks;

return await BenchProgram.RunAsync(args);
