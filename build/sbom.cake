// A bill of materials of each package, by the tool CycloneDX (docs/decisions/0012-bill-of-materials.md). It is not in
// the tool manifest of the repository: no other command needs it.
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

void WriteBillsOfMaterials(DirectoryPath root, DirectoryPath packages, string version, DirectoryPath output)
{
    var tool = root.Combine("build/sbom");
    RunDotNet(tool, new ProcessArgumentBuilder().Append("tool").Append("restore"));
    EnsureDirectoryExists(output);
    foreach (var project in GetFiles(root.FullPath + "/src/*/*.csproj").OrderBy(path => path.FullPath))
    {
        var id = XmlPeek(project, "//PackageId");
        var bill = output.CombineWithFilePath($"{id}.{version}.cdx.json");
        RunDotNet(tool, new ProcessArgumentBuilder()
            .Append("CycloneDX")
            .AppendQuoted(project.FullPath)
            .Append("--output").AppendQuoted(output.FullPath)
            .Append("--filename").AppendQuoted(bill.GetFilename().FullPath)
            .Append("--output-format").Append("Json")
            .Append("--set-name").Append(id)
            .Append("--set-version").Append(version)
            .Append("--set-type").Append("Library")
            // The pack has restored them; the tool's own restore would be of another version.
            .Append("--disable-package-restore")
            .Append("--include-project-references"));
        RequireAll(id, packages.CombineWithFilePath($"{id}.{version}.nupkg"), bill);
    }

    Console.WriteLine($"\nThe bills of materials are in {output}.");
}

// Every library in a package, and every package that it asks for, is in its bill.
void RequireAll(string id, FilePath package, FilePath bill)
{
    using var zip = ZipFile.OpenRead(package.FullPath);
    using var document = JsonDocument.Parse(System.IO.File.ReadAllText(bill.FullPath));
    var named = document.RootElement.GetProperty("components").EnumerateArray()
        .Select(component => component.GetProperty("name").GetString())
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
    var missing = Libraries(zip).Concat(Dependencies(zip)).Where(name => !named.Contains(name)).Distinct().ToList();
    if (missing.Count > 0)
    {
        throw new CakeException($"{bill} lacks {string.Join(", ", missing)}, which {id} contains or asks for.");
    }
}

IEnumerable<string> Libraries(ZipArchive zip)
{
    var entry = zip.Entries.SingleOrDefault(file => file.Name.EndsWith(".deps.json", StringComparison.Ordinal));
    if (entry is null)
    {
        return [];
    }

    using var content = entry.Open();
    using var document = JsonDocument.Parse(content);
    return document.RootElement.GetProperty("libraries").EnumerateObject()
        .Where(library => library.Value.GetProperty("type").GetString() == "package")
        .Select(library => library.Name.Split('/')[0])
        .ToList();
}

IEnumerable<string> Dependencies(ZipArchive zip)
{
    using var content = zip.Entries.Single(file => file.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
    return XElement.Load(content).Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .Select(element => element.Attribute("id").Value)
        .ToList();
}

void RunDotNet(DirectoryPath folder, ProcessArgumentBuilder arguments)
{
    var exitCode = StartProcess("dotnet", new ProcessSettings { Arguments = arguments, WorkingDirectory = folder });
    if (exitCode != 0)
    {
        throw new CakeException($"'dotnet {arguments.RenderSafe()}' ended with {exitCode}. Its message is above.");
    }
}
