// The same mirror through examples/frosting, where the feed has Cake.Frosting; where it has none, that is said.

void MirrorByFrosting(
    DirectoryPath root, DirectoryPath run, DirectoryPath feed, string version, string source, string target)
{
    var project = run.Combine("frosting");
    CopyDirectory(root.Combine("examples/frosting"), project);
    foreach (var built in new[] { project.Combine("bin"), project.Combine("obj") }.Where(DirectoryExists))
    {
        DeleteDirectory(built, new() { Recursive = true, Force = true });
    }

    var properties = new DotNetMSBuildSettings { NodeReuse = false }
        .WithProperty("DeckhouseMirrorVersion", version)
        .WithProperty("RestoreAdditionalProjectSources", feed.FullPath)
        .WithProperty("RestorePackagesPath", run.Combine("packages").FullPath);
    var said = new List<string>();
    try
    {
        DotNetRestore(project.FullPath, new()
        {
            MSBuildSettings = properties,
            SetupProcessSettings = process => process
                .SetRedirectStandardOutput(true)
                .SetRedirectedStandardOutputHandler(line => { lock (said) { said.Add(line ?? ""); } return line; }),
        });
    }
    catch (CakeException) when (FrostingIsAbsent(said))
    {
        Console.WriteLine("\nskipped: Cake.Frosting not on this feed");
        return;
    }
    catch (CakeException)
    {
        said.ForEach(Console.WriteLine);
        throw;
    }

    DotNetBuild(project.FullPath, new() { MSBuildSettings = properties, NoRestore = true, NoLogo = true });
    foreach (var task in new[] { "Plan", "Pull", "Push" })
    {
        Console.WriteLine($"\n$ dotnet run --project examples/frosting -- --target={task}\n");
        DotNetRun(project.CombineWithFilePath("Build.csproj").FullPath, new ProcessArgumentBuilder()
            .Append($"--target={task}")
            .Append($"--source={source}/deckhouse/ee")
            .Append($"--registry={target}/deckhouse/ee")
            .Append("--insecure"), new() { NoBuild = true, WorkingDirectory = project });
    }
}

// NU1101: no such package; NU1102, NU1103: not in this version. An error about anything else is a failure.
bool FrostingIsAbsent(List<string> said)
{
    var errors = said.Where(line => line.Contains("error ", StringComparison.Ordinal)).ToList();
    return errors.Count > 0 && errors.All(line => System.Text.RegularExpressions.Regex.IsMatch(
        line, "error NU110[123]: .*Cake\\.Frosting"));
}
