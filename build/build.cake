// The project's own build, run by Cake.Tool: ./build.sh <command> from the repository root (CONTRIBUTING.md).
#load "bench.cake"
#load "demo.cake"
#load "options.cake"
#load "sbom.cake"
#load "test-summary.cake"

using System.Globalization;

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");

// For a version that a page or a manifest names; by default each pack has one of its own.
var packageVersion = Argument<string>("package-version", null);

var root = MakeAbsolute(Directory(".."));
var solution = root.CombineWithFilePath("Mirror.slnx");
var artifacts = root.Combine("artifacts");
var packages = artifacts.Combine("packages");

// The inner loop: the analyzers and the tests of slow-tests.txt are left out.
var fast = HasArgument("fast");

// Set by Pack. A package of an old version is served stale by NuGet and Cake, so each pack has a stamp of its own,
// unless a version is asked for; the letter keeps it a valid semantic version identifier.
string packedVersion = null;

Task("Restore")
    .Description("Restores the packages of the solution.")
    .Does(() =>
{
    try
    {
        DotNetRestore(solution.FullPath);
    }
    catch (CakeException)
    {
        Error("Packages cannot be restored. Above is NuGet's reason: a feed that is out of reach or lacks a package,");
        Error("or a lock file that no longer fits its project (see CONTRIBUTING.md, \"Packages\").");
        throw;
    }
});

Task("Build")
    .Description("Builds the solution; warnings are errors.")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(solution.FullPath, new()
    {
        Configuration = configuration,
        NoRestore = true,
        MSBuildSettings = Analyzers(run: !fast),
    }));

Task("Test")
    .Description("Runs every test, with --fast all but the slow ones; totals and times are kept in artifacts.")
    .IsDependentOn("Build")
    .Does(() => RunTests(solution, configuration, artifacts, fast));

Task("Pack")
    .Description("Packs the projects under src/ into artifacts/packages, each time as a new version.")
    .Does(() =>
{
    var prefix = XmlPeek(root.CombineWithFilePath("Directory.Build.props"), "//VersionPrefix");
    var stamp = "b" + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
    packedVersion = packageVersion ?? $"{prefix}-dev.{stamp}";

    // Each project by itself: the version must reach its restore (the packed dependencies take their version from
    // there), and must not reach the projects of the tests.
    foreach (var project in GetFiles(root.FullPath + "/src/*/*.csproj").OrderBy(path => path.FullPath))
    {
        DotNetPack(project.FullPath, new()
        {
            Configuration = configuration,
            // The demo shows what a package does; that its sources are in order is for the other commands to check.
            MSBuildSettings = Analyzers(run: target != "Demo")
                .WithProperty("Version", packedVersion)
                .WithProperty("PacksSourceLink", "true"),
        });
    }

    var packed = GetFiles($"{packages}/*.{packedVersion}.nupkg").OrderBy(path => path.FullPath).ToList();
    if (packed.Count == 0)
    {
        throw new CakeException($"Nothing was packed into {packages}.");
    }

    Console.WriteLine($"\nPacked version {packedVersion} into {packages}:");
    packed.ForEach(path => Console.WriteLine($"  {path.GetFilename()}"));
});

Task("Sbom")
    .Description("Packs, and writes a bill of materials of each package into artifacts/sbom.")
    .IsDependentOn("Pack")
    .Does(() => WriteBillsOfMaterials(root, packages, packedVersion, artifacts.Combine("sbom")));

Task("Demo")
    .Description("Packs, then mirrors an embedded source into an embedded target, through MSBuild and through Cake.")
    .IsDependentOn("Pack")
    .Does(() =>
{
    if (!DemoExists(root))
    {
        Console.WriteLine("demo: nothing to show yet");
        return;
    }

    var kit = root.Combine("tests/Mirror.TestKit");
    DotNetBuild(kit.FullPath, new() { Configuration = configuration, Verbosity = DotNetVerbosity.Quiet });
    RunDemo(root, kit.CombineWithFilePath($"bin/{configuration}/net10.0/Mirror.TestKit.dll"), packages, packedVersion);
});

Task("Bench")
    .Description("Measures the engine against floors and peers: --quick, --size=2GB, --rounds=5 (docs/performance.md).")
    .Does(() => RunBench(root, configuration));

Task("Clean")
    .Description("Deletes what this build made: bin, obj, packages, demo runs, test results.")
    .Does(() =>
{
    var projects = GetFiles(root.FullPath + "/{src,tests,examples}/*/*.{csproj,proj}");
    var outputs = projects.Select(path => path.GetDirectory()).Distinct()
        .SelectMany(folder => new[] { folder.Combine("bin"), folder.Combine("obj") })
        .Concat(GetDirectories($"{artifacts}/demo/run-*"))
        .Append(artifacts.Combine("test-results"))
        .Where(DirectoryExists);
    foreach (var folder in outputs.ToList())
    {
        DeleteDirectory(folder, new() { Recursive = true, Force = true });
    }

    DeleteFiles($"{packages}/*-dev.b*.nupkg");
    DeleteFiles($"{artifacts}/test-*.txt");
});

DotNetMSBuildSettings Analyzers(bool run) => run
    ? new DotNetMSBuildSettings()
    : new DotNetMSBuildSettings().WithProperty("RunAnalyzers", "false");

RefuseUnknownOptions(target);
if (fast)
{
    SlowTests().ForEach(slow => Console.WriteLine($"Left out: {slow.Classes}, {slow.Reason}"));
    Console.WriteLine("Left out: tests that use a real counterpart, and the analyzers");
}

RunTarget(target);
