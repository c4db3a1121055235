// The demo: the main job on an embedded source and target. Plan, pull, verify and push through MSBuild, then the same
// through Cake, through the script for CI, and through Cake.Frosting where the feed has it; then a lock, and what it is
// good for when a channel moves; then a delta against what the target has. All with the packages that were just packed;
// a table at the end.
#load "demo-ci.cake"
#load "demo-delta.cake"
#load "demo-frosting.cake"
#load "demo-lock.cake"
#load "demo-registry.cake"
#load "demo-table.cake"

bool DemoExists(DirectoryPath root) => FileExists(root.CombineWithFilePath("examples/msbuild/airgap.proj"));

void RunDemo(DirectoryPath root, FilePath kit, DirectoryPath packages, string version)
{
    // Earlier runs are ours to delete; the newest stays, so that its bundles can be looked at.
    var demo = root.Combine("artifacts/demo");
    foreach (var earlier in GetDirectories($"{demo}/run-*"))
    {
        DeleteDirectory(earlier, new() { Recursive = true, Force = true });
    }

    var run = demo.Combine("run-" + version[(version.LastIndexOf('b') + 1)..]);
    EnsureDirectoryExists(run);

    // Cake would meet the addins of earlier packs; a folder with this pack alone keeps them out.
    var feed = run.Combine("feed");
    EnsureDirectoryExists(feed);
    CopyFiles($"{packages}/*{version}.nupkg", feed);

    using var source = StartRegistry(
        kit, run.CombineWithFilePath("source.log"), ["--source", "mini", "--deckhouse-cli"]);
    using var target = StartRegistry(kit, run.CombineWithFilePath("target.log"), ["--empty"]);
    try
    {
        Console.WriteLine($"\nAn embedded Deckhouse source is at {source.Host}, an empty registry at {target.Host}.");

        MirrorByMSBuild(root, run, feed, version, source.Host, target.Host);
        var byMSBuild = target.TakeWrittenTags();
        MirrorByCake(root, run, feed, source.Host, target.Host);
        var byCake = target.TakeWrittenTags();
        MirrorByCi(root, run, feed, version, source.Host, target.Host);
        if (target.TakeWrittenTags().Count == 0)
        {
            throw new CakeException("The stages of examples/ci pushed nothing.");
        }

        MirrorByFrosting(root, run, feed, version, source.Host, target.Host);
        MirrorByLock(root, run, feed, version, source.Host);
        MirrorByDelta(root, run, feed, version, source.Host, target.Host);
        PrintTable(kit, run.Combine("msbuild"), target.Host, byMSBuild, byCake);
        PrintRealMirror(run);
    }
    finally
    {
        source.Stop();
        target.Stop();
    }
}

void MirrorByMSBuild(
    DirectoryPath root, DirectoryPath run, DirectoryPath feed, string version, string source, string target)
{
    var properties = new Dictionary<string, string>
    {
        ["D8MirrorSource"] = source + "/deckhouse/ee",
        ["D8MirrorTarget"] = target + "/deckhouse/ee",
        ["D8MirrorInsecure"] = "true",
        ["D8MirrorBundleDirectory"] = run.Combine("msbuild").FullPath,
        ["DeckhouseMirrorVersion"] = version,
        ["RestoreAdditionalProjectSources"] = feed.FullPath,
        // The user's package cache stays clean: this version is never asked for again.
        ["RestorePackagesPath"] = run.Combine("packages").FullPath,
    };
    foreach (var targets in new[] { "D8MirrorPlan", "D8MirrorPull", "VerifyGostDigest;D8MirrorVerify;D8MirrorPush" })
    {
        Console.WriteLine($"\n$ dotnet build examples/msbuild/airgap.proj \"-t:{targets}\"\n");
        var build = new DotNetMSBuildSettings { NodeReuse = false };
        foreach (var name in targets.Split(';'))
        {
            build.WithTarget(name);
        }

        foreach (var (name, value) in properties)
        {
            build.WithProperty(name, value);
        }

        DotNetBuild(root.CombineWithFilePath("examples/msbuild/airgap.proj").FullPath, new()
        {
            MSBuildSettings = build,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            // The terminal logger would hide the plan's lines.
            ArgumentCustomization = arguments => arguments.Append("-tl:off"),
        });
    }
}

void MirrorByCake(DirectoryPath root, DirectoryPath run, DirectoryPath feed, string source, string target)
{
    Console.WriteLine("\n$ dotnet cake examples/cake/build.cake --target=Plan --target=Pull --target=Push\n");
    var arguments = new ProcessArgumentBuilder().Append("cake");
    arguments.AppendQuoted(root.CombineWithFilePath("examples/cake/build.cake").FullPath);
    arguments.Append("--target=Plan").Append("--target=Pull").Append("--target=Push");
    arguments.Append($"--source={source}/deckhouse/ee").Append($"--registry={target}/deckhouse/ee");
    arguments.Append("--insecure");
    arguments.AppendQuoted($"--bundle={run.Combine("cake")}");
    var exitCode = StartProcess("dotnet", new ProcessSettings
    {
        Arguments = arguments,
        WorkingDirectory = root,
        EnvironmentVariables = new Dictionary<string, string>
        {
            ["CAKE_NUGET_SOURCE"] = feed.FullPath,
            ["CAKE_PATHS_TOOLS"] = run.Combine("tools").FullPath,
            ["CAKE_PATHS_ADDINS"] = run.Combine("tools/Addins").FullPath,
            // The newest addin of a folder with one version is meant.
            ["CAKE_SETTINGS_SKIPPACKAGEVERSIONCHECK"] = "true",
        },
    });
    if (exitCode != 0)
    {
        throw new CakeException($"The Cake script of the demo ended with {exitCode}. Its message is above.");
    }
}

void PrintRealMirror(DirectoryPath run)
{
    Console.WriteLine($"\nThe bundles are in {run}.");
    Console.WriteLine("For a real mirror, name your source and target in examples/msbuild/airgap.proj, and set");
    Console.WriteLine("D8_MIRROR_LICENSE_TOKEN, D8_MIRROR_REGISTRY_LOGIN, D8_MIRROR_REGISTRY_PASSWORD in your shell.");
    Console.WriteLine("Mirroring Deckhouse's commercial editions requires a valid licence.");
}
