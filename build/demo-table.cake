// The demo's table. Nothing in it is what the mirror says of itself: references are counted in the archives, what was
// written in the target's own log, and what is there by asking the target.

void PrintTable(
    FilePath kit,
    DirectoryPath bundle,
    string target,
    Dictionary<string, int> byMSBuild,
    Dictionary<string, int> byCake)
{
    var held = HeldReferences(kit, target);
    var rows = GetFiles($"{bundle}/*.tar").OrderBy(path => path.FullPath, StringComparer.Ordinal)
        .Select(path => TableRow(path, held, byMSBuild, byCake)).ToList();
    var total = new DemoRow(
        $"{rows.Count} archives",
        rows.Sum(row => row.References), rows.Sum(row => row.Bytes), rows.Sum(row => row.Held),
        rows.Sum(row => row.ByMSBuild), rows.Sum(row => row.ByCake), rows.All(row => row.HasSum), "");

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
        $"\n{total.Held} of {total.References} references stand in the target with the digest of the bundle.");
    if (total.Held != total.References || total.ByCake != 0 || total.References == 0)
    {
        throw new CakeException("The target does not hold what the bundle holds, or a second push wrote something.");
    }
}

DemoRow TableRow(
    FilePath archive, HashSet<string> held, Dictionary<string, int> byMSBuild, Dictionary<string, int> byCake)
{
    var references = IndexedReferences(archive);
    var repositories = references.Select(reference => reference.Repository).Distinct().ToList();
    return new DemoRow(
        archive.GetFilename().FullPath,
        references.Count,
        new System.IO.FileInfo(archive.FullPath).Length,
        references.Count(reference => held.Contains($"{reference.Repository} {reference.Tag} {reference.Digest}")),
        repositories.Sum(repository => Take(byMSBuild, repository)),
        repositories.Sum(repository => Take(byCake, repository)),
        FileExists(archive.FullPath + ".gostsum"),
        string.Join(", ", repositories.OrderBy(name => name.Length).Take(1)));

    // A repository that two archives share is counted for the first.
    int Take(Dictionary<string, int> counts, string repository) =>
        counts.Remove(repository, out var count) ? count : 0;
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

// What the index.json files of an archive name, with the repository it belongs to: the installer above the edition.
List<(string Repository, string Tag, string Digest)> IndexedReferences(FilePath archive)
{
    var references = new List<(string, string, string)>();
    using var file = System.IO.File.OpenRead(archive.FullPath);
    using var tar = new System.Formats.Tar.TarReader(file);
    while (tar.GetNextEntry() is { } entry)
    {
        if (entry.Name.Split('/')[^1] != "index.json" || entry.DataStream is not { } content)
        {
            continue;
        }

        var path = entry.Name[..^"index.json".Length].TrimEnd('/');
        var repository = $"{(path == "installer" ? "deckhouse" : "deckhouse/ee")}/{path}".TrimEnd('/');
        using var index = System.Text.Json.JsonDocument.Parse(content);
        references.AddRange(index.RootElement.GetProperty("manifests").EnumerateArray().Select(manifest => (
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

sealed record DemoRow(
    string Archive, int References, long Bytes, int Held, int ByMSBuild, int ByCake, bool HasSum, string Place);
