// The benchmark: a program of its own, built and run as users build (Release), with the options that it knows.
string[] BenchOptions() =>
[
    "size", "references", "rounds", "peer-rounds", "only", "growth-references", "growth-sizes", "filter", "output",
];

void RunBench(DirectoryPath root, string configuration)
{
    var project = root.Combine("tests/Mirror.Benchmarks");
    DotNetBuild(project.FullPath, new() { Configuration = configuration, Verbosity = DotNetVerbosity.Quiet });

    var arguments = new ProcessArgumentBuilder();
    if (HasArgument("micro"))
    {
        arguments.Append("micro");
    }
    else if (HasArgument("quick"))
    {
        arguments.Append("--quick");
    }

    foreach (var name in BenchOptions())
    {
        if (Argument<string>(name, null) is { } value)
        {
            arguments.Append("--" + name).AppendQuoted(value);
        }
    }

    DotNetExecute(project.CombineWithFilePath($"bin/{configuration}/net10.0/Mirror.Benchmarks.dll"), arguments);
}
