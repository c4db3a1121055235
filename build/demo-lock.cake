// The demo's lock: what was locked is what a pull takes, bit for bit, after a release channel of the source moved.

void MirrorByLock(DirectoryPath root, DirectoryPath run, DirectoryPath feed, string version, string source)
{
    var lockFile = run.CombineWithFilePath("mirror.lock.json");
    BuildLocked("D8MirrorLock");
    BuildLocked("D8MirrorPull", "locked");
    var before = ChecksumsOf(run.Combine("locked"));

    MoveChannel(source, "deckhouse/ee/release-channel", from: "alpha", to: "stable");
    Console.WriteLine("\nThe source releases: its channel stable is what alpha is now.");
    BuildLocked("D8MirrorLockCheck");
    BuildLocked("D8MirrorPull", "locked-later");

    if (!System.IO.File.ReadLines(run.CombineWithFilePath("lock-outputs.env").FullPath)
        .Contains("D8MirrorChanged=true"))
    {
        throw new CakeException("A channel moved, and the check of the lock says nothing of it.");
    }

    var after = ChecksumsOf(run.Combine("locked-later"));
    if (before.Count == 0 || !before.SequenceEqual(after))
    {
        throw new CakeException("A locked pull gave other files after a channel moved.");
    }

    Console.WriteLine($"\nThe {before.Count} archives of both locked pulls are equal, byte for byte.");

    void BuildLocked(string target, string bundle = null)
    {
        Console.WriteLine($"\n$ dotnet build examples/msbuild/airgap.proj -t:{target} "
            + "-p:D8MirrorLockFile=mirror.lock.json\n");
        var build = new DotNetMSBuildSettings { NodeReuse = false }.WithTarget(target)
            .WithProperty("D8MirrorSource", source + "/deckhouse/ee")
            .WithProperty("D8MirrorInsecure", "true")
            .WithProperty("D8MirrorLockFile", lockFile.FullPath)
            .WithProperty("D8MirrorOutputsFile", run.CombineWithFilePath("lock-outputs.env").FullPath)
            .WithProperty("D8MirrorBundleDirectory", run.Combine(bundle ?? "no-bundle").FullPath)
            .WithProperty("DeckhouseMirrorVersion", version)
            .WithProperty("RestoreAdditionalProjectSources", feed.FullPath)
            .WithProperty("RestorePackagesPath", run.Combine("packages").FullPath);
        if (FileExists(run.CombineWithFilePath("lock-outputs.env")))
        {
            DeleteFile(run.CombineWithFilePath("lock-outputs.env"));
        }

        DotNetBuild(root.CombineWithFilePath("examples/msbuild/airgap.proj").FullPath, new()
        {
            MSBuildSettings = build,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            ArgumentCustomization = arguments => arguments.Append("-tl:off"),
        });
    }
}

// Databases float: they are not locked, and not compared.
SortedDictionary<string, string> ChecksumsOf(DirectoryPath bundle) => new(
    GetFiles($"{bundle}/*.tar").Where(archive => archive.GetFilename().FullPath != "security.tar").ToDictionary(
        archive => archive.GetFilename().FullPath,
        archive => CalculateFileHash(archive).ToHex()));

// As the vendor does: the manifest of one tag is put under another one.
void MoveChannel(string host, string repository, string from, string to)
{
    using var client = new System.Net.Http.HttpClient { BaseAddress = new Uri($"http://{host}/v2/{repository}/") };
    client.DefaultRequestHeaders.Add("Accept", [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ]);
    using var manifest = client.GetAsync($"manifests/{from}").GetAwaiter().GetResult().EnsureSuccessStatusCode();
    using var content = new System.Net.Http.ByteArrayContent(
        manifest.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult());
    content.Headers.ContentType = manifest.Content.Headers.ContentType;
    using var moved = client.PutAsync($"manifests/{to}", content).GetAwaiter().GetResult().EnsureSuccessStatusCode();
}
