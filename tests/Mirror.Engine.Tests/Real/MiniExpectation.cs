using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// What a pull with default settings must store of <c>deckhouse/ee</c>, derived from <c>source.json</c> and the
/// metadata files in <c>blobs.tar</c>, by no code of the engine.
/// </summary>
internal sealed partial class MiniExpectation
{
    private const string Edition = "deckhouse/ee";

    private readonly JsonElement _source;
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);

    private MiniExpectation(string folder)
    {
        using (JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "source.json"))))
        {
            _source = document.RootElement.Clone();
        }

        using FileStream file = File.OpenRead(Path.Combine(folder, "blobs.tar"));
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            byte[] content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            _blobs["sha256:" + entry.Name] = content;
        }
    }

    public static IReadOnlyCollection<string> Derive()
    {
        MiniExpectation expectation = new(Path.Combine(AppContext.BaseDirectory, "Data", "deckhouse-mini"));
        expectation.AddPlatform();
        JsonElement facts = expectation._source.GetProperty("facts").GetProperty(Edition);
        foreach (JsonProperty module in facts.GetProperty("modules").EnumerateObject())
        {
            expectation.AddItem($"module-{module.Name}.tar", "modules", "release", module);
        }

        foreach (JsonProperty package in facts.GetProperty("packages").EnumerateObject())
        {
            expectation.AddItem($"package-{package.Name}.tar", "packages", "version", package);
            string versions = $"packages/{package.Name}/version";
            expectation.AddTags("package-versions.tar", versions, $"{Edition}/{versions}", _ => true);
        }

        foreach (string database in new[] { "trivy-bdu", "trivy-checks", "trivy-db", "trivy-java-db" })
        {
            string layout = $"security/{database}";
            expectation.AddTags("security.tar", layout, $"{Edition}/{layout}", _ => true);
        }

        expectation.AddTags("installer.tar", "installer", "deckhouse/installer", tag => tag == "latest");

        // The one plugin whose contract names a module of this edition; each version is for versions of it.
        const string plugin = "deckhouse-cli/plugins/console-tool";
        expectation.AddTags("plugin-console-tool.tar", plugin, $"deckhouse/{plugin}", _ => true);
        return expectation._lines;
    }

    private void AddPlatform()
    {
        JsonElement facts = _source.GetProperty("facts").GetProperty(Edition);
        Dictionary<string, string> channels = facts.GetProperty("channels").EnumerateObject()
            .ToDictionary(channel => channel.Name, channel => channel.Value.GetString()!);
        Version oldest = Parse(channels["rock-solid"]);
        Version newest = Parse(channels["alpha"]);
        HashSet<string> versions = [.. channels.Values, .. facts.GetProperty("versions").EnumerateArray()
            .Select(version => version.GetString()!)
            .Where(version => !version.Contains('-', StringComparison.Ordinal))
            .Where(version => Parse(version) >= oldest && Parse(version) <= newest)
            .GroupBy(version => Parse(version).Minor)
            .Select(line => line.MaxBy(Parse)!)];
        HashSet<string> components = [];
        foreach (string version in versions)
        {
            Add("platform.tar", "", Edition, version);
            foreach (string part in new[] { "install", "install-standalone", "release-channel" })
            {
                Add("platform.tar", part, $"{Edition}/{part}", version);
            }

            components.UnionWith(Digests($"{Edition}/install", version, "deckhouse/candi/images_digests.json"));
        }

        AddTags("platform.tar", "release-channel", $"{Edition}/release-channel", channels.ContainsKey);
        AddComponents("platform.tar", "", Edition, components);
        AddAttestations("platform.tar", "", Edition);
    }

    private void AddItem(string archive, string root, string releases, JsonProperty item)
    {
        string layout = $"{root}/{item.Name}";
        string repository = $"{Edition}/{layout}";
        Dictionary<string, string> channels = item.Value.GetProperty("channels").EnumerateObject()
            .ToDictionary(channel => channel.Name, channel => channel.Value.GetString()!);
        HashSet<string> versions = [.. channels.Values];
        AddTags(archive, $"{layout}/{releases}", $"{repository}/{releases}",
            tag => channels.ContainsKey(tag) || versions.Contains(tag));
        HashSet<string> components = [];
        foreach (string version in versions)
        {
            Add(archive, layout, repository, version);
            components.UnionWith(Digests(repository, version, "images_digests.json"));
            if (item.Value.TryGetProperty("extras", out JsonElement extras) && extras.ValueKind == JsonValueKind.Object
                && extras.TryGetProperty(version, out JsonElement listed))
            {
                foreach (JsonProperty extra in listed.EnumerateObject())
                {
                    string tag = extra.Value.ValueKind == JsonValueKind.String
                        ? extra.Value.GetString()!
                        : $"{(int)extra.Value.GetDouble()}";
                    Add(archive, $"{layout}/extra/{extra.Name}", $"{repository}/extra/{extra.Name}", tag);
                }
            }
        }

        AddComponents(archive, layout, repository, components);
        AddAttestations(archive, layout, repository);
    }

    private void AddComponents(string archive, string layout, string repository, IEnumerable<string> digests)
    {
        HashSet<string> untagged = [.. _source.GetProperty("repositories").GetProperty(repository)
            .GetProperty("untagged").EnumerateArray().Select(image => image.GetProperty("digest").GetString()!)];
        foreach (string digest in digests.Where(untagged.Contains))
        {
            _lines.Add(new StoredImage(archive, layout, digest["sha256:".Length..], digest).ToString());
        }
    }

    /// <summary>The attestations beside whatever of the layout is wanted.</summary>
    private void AddAttestations(string archive, string layout, string repository)
    {
        string start = $"{archive} {(layout.Length == 0 ? "." : layout)} ";
        HashSet<string> wanted = [.. _lines.Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => $"sha256-{line[^64..]}.att")];
        AddTags(archive, layout, repository, wanted.Contains);
    }

    private void AddTags(string archive, string layout, string repository, Func<string, bool> isWanted)
    {
        foreach (JsonProperty tag in Tags(repository).EnumerateObject().Where(tag => isWanted(tag.Name)))
        {
            Add(archive, layout, repository, tag.Name);
        }
    }

    private void Add(string archive, string layout, string repository, string tag) =>
        _lines.Add(new StoredImage(archive, layout, tag, DigestOf(repository, tag)).ToString());

    private JsonElement Tags(string repository) =>
        _source.GetProperty("repositories").GetProperty(repository).GetProperty("tags");

    private string DigestOf(string repository, string tag) =>
        Tags(repository).GetProperty(tag).GetProperty("digest").GetString()!;

    /// <summary>The digests in a file of an image; the top-most layer that has it counts.</summary>
    private IEnumerable<string> Digests(string repository, string tag, string file)
    {
        using JsonDocument manifest = JsonDocument.Parse(_blobs[DigestOf(repository, tag)]);
        foreach (JsonElement layer in manifest.RootElement.GetProperty("layers").EnumerateArray().Reverse())
        {
            using MemoryStream packed = new(_blobs[layer.GetProperty("digest").GetString()!]);
            using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using TarReader tar = new(unpacked);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.Name.TrimStart('.', '/') == file)
                {
                    using StreamReader text = new(entry.DataStream!, Encoding.UTF8);
                    return [.. DigestPattern().Matches(text.ReadToEnd()).Select(match => match.Value)];
                }
            }
        }

        return [];
    }

    private static Version Parse(string version) => Version.Parse(version.TrimStart('v'));

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    private static partial Regex DigestPattern();
}
