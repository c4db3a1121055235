// The demo's delta: a release that the target lacks, carried without what it has. Sizes are those of the files. The
// proof: afterwards the target holds all that the full bundle has, and a merge gives that bundle byte for byte.

void MirrorByDelta(
    DirectoryPath root, DirectoryPath run, DirectoryPath feed, string version, string source, string target)
{
    var registry = target + "/delta/deckhouse/ee";
    var receipt = run.CombineWithFilePath("target.have.json");
    var lockFile = run.CombineWithFilePath("delta.lock.json");
    Build("msbuild/airgap.proj", "D8MirrorPull;D8MirrorPush", "delta-before", ("D8MirrorInventoryFile", receipt));

    MoveChannel(source, "deckhouse/ee/release-channel", from: "alpha", to: "rock-solid");
    Console.WriteLine("\nThe source releases: its channel rock-solid is what alpha is now.");
    Build("msbuild/airgap.proj", "D8MirrorLock;D8MirrorPull", "delta-full", ("D8MirrorLockFile", lockFile));
    Build(
        "msbuild/airgap.proj", "D8MirrorPlan;D8MirrorPull", "delta",
        ("D8MirrorLockFile", lockFile), ("D8MirrorDeltaBase", receipt));
    Build("msbuild/airgap.proj", "D8MirrorPush", "delta", ("D8MirrorInventoryFile", receipt));
    Build("fleet/fleet.proj", "D8MirrorCheck", null, ("D8MirrorLockFile", lockFile), ("D8MirrorCheckDepth", "Blobs"));
    CheckByCake();
    Build(
        "msbuild/airgap.proj", "D8MirrorMerge", "delta-merged",
        ("D8MirrorMergeFrom", $"{run.Combine("delta-before")}%3B{run.Combine("delta")}"));

    var full = ChecksumsOf(run.Combine("delta-full"));
    if (full.Count == 0 || !full.SequenceEqual(ChecksumsOf(run.Combine("delta-merged"))))
    {
        throw new CakeException("The delta and the bundle before it do not merge into the full bundle.");
    }

    long SizeOf(string bundle) =>
        GetFiles($"{run.Combine(bundle)}/*.tar").Sum(archive => new System.IO.FileInfo(archive.FullPath).Length);
    Console.WriteLine($"\nThe full bundle of the release has {HumanSize(SizeOf("delta-full"))}, its delta "
        + $"{HumanSize(SizeOf("delta"))}. With the bundle before it, it merges into the full one, byte for byte.");
    if (SizeOf("delta") >= SizeOf("delta-full"))
    {
        throw new CakeException("The delta is not smaller than the full bundle.");
    }

    void Build(string project, string targets, string bundle, params (string Name, object Value)[] properties)
    {
        var shown = properties.Select(property => property.Value is FilePath file
            ? $" -p:{property.Name}={file.GetFilename()}"
            : property.Name == "D8MirrorMergeFrom" ? " -p:D8MirrorMergeFrom=delta-before%3Bdelta"
            : $" -p:{property.Name}={property.Value}");
        Console.WriteLine($"\n$ dotnet build examples/{project} \"-t:{targets}\"{string.Concat(shown)}\n");
        var build = new DotNetMSBuildSettings { NodeReuse = false }
            .WithProperty("D8MirrorSource", source + "/deckhouse/ee")
            .WithProperty("D8MirrorTarget", registry)
            .WithProperty("D8MirrorInsecure", "true")
            .WithProperty("D8MirrorDeckhouseTag", "rock-solid")
            .WithProperty("D8MirrorNoSecurityDb", "true")
            .WithProperty("D8MirrorReportFile", run.CombineWithFilePath("delta-reports/{verb}.html").FullPath)
            .WithProperty("DeckhouseMirrorVersion", version)
            .WithProperty("RestoreAdditionalProjectSources", feed.FullPath)
            .WithProperty("RestorePackagesPath", run.Combine("packages").FullPath);
        foreach (var name in targets.Split(';'))
        {
            build.WithTarget(name);
        }

        if (bundle is not null)
        {
            build.WithProperty("D8MirrorBundleDirectory", run.Combine(bundle).FullPath);
        }

        foreach (var (name, value) in properties)
        {
            build.WithProperty(name, value is FilePath file ? file.FullPath : $"{value}");
        }

        DotNetBuild(root.CombineWithFilePath($"examples/{project}").FullPath, new()
        {
            MSBuildSettings = build,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            ArgumentCustomization = arguments => arguments.Append("-tl:off"),
        });
    }

    void CheckByCake()
    {
        Console.WriteLine("\n$ dotnet cake examples/fleet/build.cake --target=CheckEach --lock=delta.lock.json\n");
        var arguments = new ProcessArgumentBuilder().Append("cake");
        arguments.AppendQuoted(root.CombineWithFilePath("examples/fleet/build.cake").FullPath);
        arguments.Append("--target=CheckEach").Append($"--registry={registry}").Append("--insecure");
        arguments.AppendQuoted($"--lock={lockFile}");
        var exitCode = StartProcess("dotnet", new ProcessSettings
        {
            Arguments = arguments,
            WorkingDirectory = root,
            EnvironmentVariables = new Dictionary<string, string>
            {
                ["CAKE_NUGET_SOURCE"] = feed.FullPath,
                ["CAKE_PATHS_TOOLS"] = run.Combine("tools").FullPath,
                ["CAKE_PATHS_ADDINS"] = run.Combine("tools/Addins").FullPath,
                ["CAKE_SETTINGS_SKIPPACKAGEVERSIONCHECK"] = "true",
            },
        });
        if (exitCode != 0)
        {
            throw new CakeException($"The check of the demo's registry ended with {exitCode}. Its message is above.");
        }
    }
}
