// The demo's table. Nothing in it is what the mirror says of itself: references are counted in the archives, what was
// written in the target's own log, and what is there by asking the target.

void PrintTable(
    FilePath kit,
    DirectoryPath bundle,
    string target,
    HashSet<string> byMSBuild,
    HashSet<string> byCake)
{
    var held = HeldReferences(kit, target);
    var archives = GetFiles($"{bundle}/*.tar").OrderBy(path => path.FullPath, StringComparer.Ordinal)
        .Select(path => (Path: path, References: IndexedReferences(path))).ToList();
    DemoRow Row(string name, HashSet<(string Repository, string Tag, string Digest)> references, string place) => new(
        name,
        references.Count,
        references.Count(reference => held.Contains($"{reference.Repository} {reference.Tag} {reference.Digest}")),
        references.Count(reference => byMSBuild.Contains($"{reference.Repository} {reference.Tag}")),
        references.Count(reference => byCake.Contains($"{reference.Repository} {reference.Tag}")),
        place);

    // Two archives may hold one reference: each of them counts it, the total once.
    var rows = archives.Select(archive => Row(
        archive.Path.GetFilename().FullPath,
        archive.References,
        archive.References.Select(reference => reference.Repository).MinBy(name => name.Length)) with
    {
        Bytes = new System.IO.FileInfo(archive.Path.FullPath).Length,
        HasSum = FileExists(archive.Path.FullPath + ".gostsum"),
    }).ToList();
    var total = Row($"{rows.Count} archives", archives.SelectMany(archive => archive.References).ToHashSet(), "") with
    {
        Bytes = rows.Sum(row => row.Bytes),
        HasSum = rows.All(row => row.HasSum),
    };
    var shared = rows.Sum(row => row.References) - total.References;

    Console.WriteLine("\nPulled twice, by MSBuild and by Cake; the target as it was found at the end:\n");
    string Line(
        object archive, object references, object size, object sum, object first, object again, object there,
        object place) =>
        $"{archive,-28}{references,5}{size,10}{sum,6}{first,9}{again,8}{there,9}  {place}".TrimEnd();
    Console.WriteLine(Line("", "", "", "GOST", "MSBuild", "Cake", "already", "in the target"));
    Console.WriteLine(Line("Archive", "Refs", "Size", "sum", "pushed", "pushed", "there", "from"));
    Console.WriteLine(new string('-', 100));
    foreach (var row in rows.Append(total))
    {
        if (row == total)
        {
            Console.WriteLine(new string('-', 100));
        }

        Console.WriteLine(Line(
            row.Archive, row.References, HumanSize(row.Bytes), row.HasSum ? "yes" : "no", row.ByMSBuild,
            row.ByCake, row.Held - row.ByCake, row.Place));
    }

    Console.WriteLine(
        $"\n{total.Held} of {total.References} references stand in the target with the digest of the bundle; "
        + $"{shared} of them are in two archives.");
    if (total.Held != total.References || total.ByMSBuild != total.References || byCake.Count != 0
        || total.References == 0)
    {
        throw new CakeException(
            "The target does not hold what the bundle holds, or the first push did not write all of it, or the second "
            + "wrote something.");
    }
}

// "repository tag digest" of everything the target holds, listed by the test kit.
HashSet<string> HeldReferences(FilePath kit, string target)
{
    StartProcess("dotnet", new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder()
            .AppendQuoted(kit.FullPath).Append("dump").Append("--registry").Append(target),
        RedirectStandardOutput = true,
    }, out var lines);
    return lines.ToHashSet();
}

// What the index.json files of an archive name, with the repository it belongs to: the installer and the plugins above
// the edition.
HashSet<(string Repository, string Tag, string Digest)> IndexedReferences(FilePath archive)
{
    var references = new HashSet<(string, string, string)>();
    using var file = System.IO.File.OpenRead(archive.FullPath);
    using var tar = new System.Formats.Tar.TarReader(file);
    while (tar.GetNextEntry() is { } entry)
    {
        if (entry.Name.Split('/')[^1] != "index.json" || entry.DataStream is not { } content)
        {
            continue;
        }

        var path = entry.Name[..^"index.json".Length].TrimEnd('/');
        var root = path.Split('/')[0] is "installer" or "deckhouse-cli" ? "deckhouse" : "deckhouse/ee";
        var repository = $"{root}/{path}".TrimEnd('/');
        using var index = System.Text.Json.JsonDocument.Parse(content);
        references.UnionWith(index.RootElement.GetProperty("manifests").EnumerateArray().Select(manifest => (
            repository,
            manifest.GetProperty("annotations").GetProperty("io.deckhouse.image.short_tag").GetString(),
            manifest.GetProperty("digest").GetString())));
    }

    return references;
}

string HumanSize(long bytes) => bytes switch
{
    >= 1_000_000_000 => $"{bytes / 1e9:0.00} GB",
    >= 1_000_000 => $"{bytes / 1e6:0.0} MB",
    >= 1_000 => $"{bytes / 1e3:0.0} kB",
    _ => $"{bytes} B",
};

sealed record DemoRow(string Archive, int References, int Held, int ByMSBuild, int ByCake, string Place)
{
    public long Bytes { get; init; }

    public bool HasSum { get; init; }
}
