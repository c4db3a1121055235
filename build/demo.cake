// The demo: an embedded Deckhouse source, planned and mirrored by MSBuild with the package that was just packed.

bool DemoExists(DirectoryPath root) => FileExists(root.CombineWithFilePath("examples/msbuild/airgap.proj"));

void RunDemo(DirectoryPath root, FilePath kit, DirectoryPath packages, string version)
{
    // Earlier runs are ours to delete; the newest stays, so that its bundle can be looked at.
    var demo = root.Combine("artifacts/demo");
    foreach (var earlier in GetDirectories($"{demo}/run-*"))
    {
        DeleteDirectory(earlier, new() { Recursive = true, Force = true });
    }

    var run = demo.Combine("run-" + version[(version.LastIndexOf('b') + 1)..]);
    var bundle = run.Combine("bundle");
    var report = run.CombineWithFilePath("report.json");
    EnsureDirectoryExists(bundle);

    var readyFile = run.CombineWithFilePath("source.ready");
    using var source = StartSource(kit, readyFile);
    try
    {
        var host = WaitForSource(source, readyFile);
        Console.WriteLine($"\nAn embedded Deckhouse source listens on {host}.");

        var properties = new Dictionary<string, string>
        {
            ["D8MirrorSource"] = host + "/deckhouse/ee",
            ["D8MirrorInsecure"] = "true",
            ["D8MirrorBundleDirectory"] = bundle.FullPath,
            ["D8MirrorReportFile"] = report.FullPath,
            ["DeckhouseMirrorVersion"] = version,
            ["RestoreAdditionalProjectSources"] = packages.FullPath,
            // The user's package cache stays clean: this version is never asked for again.
            ["RestorePackagesPath"] = run.Combine("packages").FullPath,
        };
        BuildExample(root, "D8MirrorPlan", properties);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        BuildExample(root, "D8MirrorPull", properties);
        PrintBundle(bundle, report, clock.Elapsed);
        PrintRealMirror();
    }
    finally
    {
        source.Kill(entireProcessTree: true);
        source.WaitForExit();
    }
}

System.Diagnostics.Process StartSource(FilePath kit, FilePath readyFile) => System.Diagnostics.Process.Start(
    "dotnet", [kit.FullPath, "serve", "--source", "mini", "--ready-file", readyFile.FullPath]);

// The ready file's first line is the address, written once the source accepts connections.
string WaitForSource(System.Diagnostics.Process source, FilePath readyFile)
{
    var clock = System.Diagnostics.Stopwatch.StartNew();
    while (clock.Elapsed < TimeSpan.FromSeconds(60))
    {
        if (FileExists(readyFile)
            && System.IO.File.ReadLines(readyFile.FullPath).FirstOrDefault() is { Length: > 0 } address)
        {
            return address.Replace("http://", "", StringComparison.Ordinal).TrimEnd('/', ' ');
        }

        if (source.HasExited)
        {
            throw new CakeException("The embedded source ended before it was ready. Its message is above.");
        }

        System.Threading.Thread.Sleep(100);
    }

    throw new CakeException("The embedded source was not ready after 60 seconds.");
}

void BuildExample(DirectoryPath root, string target, IReadOnlyDictionary<string, string> properties)
{
    Console.WriteLine($"\n$ dotnet build examples/msbuild/airgap.proj -t:{target}\n");
    var build = new DotNetMSBuildSettings { NodeReuse = false }.WithTarget(target);
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

// One row per archive: what a person wants to see after a pull. Counted from the archives, not from what the pull says.
void PrintBundle(DirectoryPath bundle, FilePath report, TimeSpan elapsed)
{
    var rows = GetFiles($"{bundle}/**/*.tar").OrderBy(path => path.FullPath, StringComparer.Ordinal)
        .Select(path => (
            Name: bundle.GetRelativePath(path).FullPath,
            Digests: IndexedDigests(path),
            Bytes: new System.IO.FileInfo(path.FullPath).Length))
        .ToList();
    var width = Math.Max(24, rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max());
    var rule = new string('-', width + 38);
    string Row(string name, object references, object images, string size) =>
        name.PadRight(width) + $"{references,13}{images,10}{size,15}";

    Console.WriteLine("\n" + Row("Archive", "References", "Images", "Size"));
    Console.WriteLine(rule);
    foreach (var row in rows)
    {
        Console.WriteLine(Row(row.Name, row.Digests.Count, row.Digests.Distinct().Count(), HumanSize(row.Bytes)));
    }

    Console.WriteLine(rule);
    var all = rows.SelectMany(row => row.Digests).ToList();
    var total = HumanSize(rows.Sum(row => row.Bytes));
    Console.WriteLine(Row($"{rows.Count} archives", all.Count, all.Distinct().Count(), total));
    Console.WriteLine($"\nPulled in {elapsed.TotalSeconds:0.0} s, the start of the build included.");
    Console.WriteLine($"Bundle: {bundle}");
    if (FileExists(report))
    {
        Console.WriteLine($"Report: {report}");
    }
}

// The digests that the index.json files of an archive name, once for each reference.
List<string> IndexedDigests(FilePath archive)
{
    var digests = new List<string>();
    using var file = System.IO.File.OpenRead(archive.FullPath);
    using var tar = new System.Formats.Tar.TarReader(file);
    while (tar.GetNextEntry() is { } entry)
    {
        if (entry.Name.Split('/')[^1] == "index.json" && entry.DataStream is { } content)
        {
            using var index = System.Text.Json.JsonDocument.Parse(content);
            digests.AddRange(index.RootElement.GetProperty("manifests").EnumerateArray()
                .Select(manifest => manifest.GetProperty("digest").GetString()));
        }
    }

    return digests;
}

string HumanSize(long bytes) => bytes switch
{
    >= 1_000_000_000 => $"{bytes / 1e9:0.00} GB",
    >= 1_000_000 => $"{bytes / 1e6:0.0} MB",
    >= 1_000 => $"{bytes / 1e3:0.0} kB",
    _ => $"{bytes} B",
};

void PrintRealMirror()
{
    Console.WriteLine("\nFor a real mirror, change two lines:");
    Console.WriteLine("  in examples/msbuild/airgap.proj:");
    Console.WriteLine("      <D8MirrorSource>registry.deckhouse.ru/deckhouse/ee</D8MirrorSource>");
    Console.WriteLine("  in your shell:");
    Console.WriteLine("      export D8_MIRROR_LICENSE_TOKEN=<your licence key>");
    Console.WriteLine("Mirroring Deckhouse's commercial editions requires a valid licence.");
}
