using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Deckhouse.Source;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>The files and annotations by which images say what belongs to them.</summary>
internal static class MetadataTargets
{
    private const string Version = """
        {"version":"v1.69.0","suspend":false,"requirements":{"k8s":"1.27"},"disruptions":{"1.69":["a"]}}
        """;

    private const string Contract = """
        {"requirements":{"deckhouse":{"constraint":">=1.60"},"modules":{"mandatory":[{"name":"a","constraint":"^1"}],
        "anyOf":[{"name":"g","modules":[{"name":"b"}]}]},"plugins":{"conditional":[{"name":"p","constraint":"~1.2"}]}}}
        """;

    private const string Yaml = """
        changelog:
          features: &a
          - summary: >-
              text
            pull_request: "x"
          fixes: *a
        requirements: {k8s: '1.27', n: [1, 2.5, true, null, ~]}
        ? complex
        : v

        """;

    private static readonly ImmutableArray<string> JsonWords =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "1e999", "-1", "1.5", "\\ud800", "\\u0000", "\"version\"",
        "\"suspend\"", "\"requirements\"", "\"disruptions\"", "\"1.69\"", "\"modules\"", "\"name\"", "\"constraint\"",
    ];

    private static readonly ImmutableArray<string> YamlWords =
    [
        "&x ", "*x", "<<: ", "? ", ": ", "- ", "[", "]", "{", "}", ",", "|\n", ">-\n", "!!binary ", "!<tag> ",
        "%YAML 1.2\n",
        "%TAG ! x\n", "---\n", "...\n", "\n", "  ", "\t", "~", "#", "'", "\"", "\\u0041", "\\x", "a", "\ufeff",
        "\u2028",
    ];

    private static readonly ImmutableArray<string> YamlSeeds =
        [Yaml, "a: &x [1,2]\nb: *x\n<<: *x\n", "- [a, {b: c}]\n- |\n  t\n- !!str 5\n", "{\"a\": [1, {\"b\": null}]}"];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("yaml", "YamlText.Read YamlWriter.Write", bytes => Formats(() =>
            {
                if (YamlText.Read(bytes) is { } document)
                {
                    YamlWriter.Write([document]);
                }
            }),
            YamlSeeds,
            YamlWords) with { FreeBytes = 32 * 1024 * 1024 },
        FuzzTarget.OfText("contract", "PluginContractReader.Read PluginContractReader.Parse", bytes =>
            Formats(() => PluginContractReader.Read(Convert.ToBase64String(bytes))),
            [Contract, .. YamlSeeds],
            [.. JsonWords, .. YamlWords]) with { FreeBytes = 32 * 1024 * 1024 },
        FuzzTarget.OfText("contract annotation", "PluginContractReader.Read", bytes =>
            Formats(() => PluginContractReader.Read(Utf8(bytes))),
            [Convert.ToBase64String(Encoding.UTF8.GetBytes(Contract)), "e30="],
            ["=", "e30=", "A", " ", "-", "_", "\n"]),
        FuzzTarget.OfText("version file", "ReleaseMetadata.Read", bytes => Faults(() => ReleaseMetadata.Read(
            new Dictionary<string, ReadOnlyMemory<byte>> { [ReleaseMetadata.FileName] = bytes }, "r")),
            [Version, """{"version":"1.69"}"""],
            JsonWords),
        FuzzTarget.OfText("release", "ReleaseManifest.Create", bytes => Formats(() =>
            YamlWriter.Write([ReleaseManifest.Create("v1.69.0", bytes, "a: 1"u8.ToArray())])),
            [Version, """{"version":"1.69"}"""],
            JsonWords),
        FuzzTarget.OfText("changelog", "ReleaseManifest.Create", bytes => Formats(() =>
            YamlWriter.Write([ReleaseManifest.Create("v1.69.0", Encoding.UTF8.GetBytes(Version), bytes)])),
            YamlSeeds,
            YamlWords) with { FreeBytes = 32 * 1024 * 1024 },
        FuzzTarget.OfText("digests file", "ImageDigests.Read", bytes => ImageDigests.Read(bytes),
            [$$"""{"a":{"b":"sha256:{{new string('a', 64)}}"} }""", "sha256:" + new string('0', 65)],
            ["sha256:", new string('b', 64), "\"", "{", "}"]),
        FuzzTarget.OfText("tags file", "ImageDigests.ReadTags", bytes =>
            Faults(() => ImageDigests.ReadTags(bytes, "r")),
            ["""{"a":{"b":"tag1"}}"""],
            JsonWords),
        FuzzTarget.OfText("extra images", "ExtraImages.Read", bytes => Faults(() => ExtraImages.Read(bytes, "r")),
            ["""{"a":"1","b":2.0,"c":null}"""],
            JsonWords),
    ];
}
