using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The cases about the two files of a layout, and about the names that images have in them.</summary>
public sealed class LayoutCasesTests
{
    private const string HexA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static TheoryData<string, string> ShortTags => CaseFile.Pull.Rows("short-tag");

    [Theory]
    [InlineData("layout-file")]
    public void The_layout_file_says_1_0_0_and_is_read_with_any_white_space(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string theirs = SpecCase.Text(spec.Expected, "text")!;

        LayoutIndex.CheckLayoutFile(Encoding.UTF8.GetBytes(theirs));
        LayoutIndex.CheckLayoutFile(Encoding.UTF8.GetBytes(string.Concat(theirs.Where(c => !char.IsWhiteSpace(c)))));
        CaseFile.Check(spec, theirs, Encoding.UTF8.GetString(LayoutFiles.Layout.Span));
    }

    [Theory]
    [InlineData("layout-media-type-head")]
    [InlineData("layout-media-type-old")]
    public void The_media_type_of_an_index_is_that_of_an_index_and_any_is_read(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        JsonObject index = Index(Tiny.Image("r", "t", '1'));
        string written = index["mediaType"]!.GetValue<string>();
        index["mediaType"] = SpecCase.Text(spec.Expected, "indexMediaType");

        Assert.Equal("t", Assert.Single(LayoutIndex.Read(ForgedArchive.Json(index))).Tag);
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "write") ?? SpecCase.Text(spec.Wanted, "indexMediaType")!,
            written);
    }

    [Theory]
    [InlineData("layout-platform-head")]
    public void No_platform_is_written_and_any_is_read(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        JsonObject index = Index(Tiny.Image("r", "t", '1'));
        JsonObject descriptor = index["manifests"]![0]!.AsObject();
        string written = descriptor.ContainsKey("platform") ? "write" : "omit";
        descriptor["platform"] = JsonNode.Parse(spec.Expected.GetProperty("platform").GetRawText());

        Assert.Equal("t", Assert.Single(LayoutIndex.Read(ForgedArchive.Json(index))).Tag);
        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "write")!, written);
    }

    [Theory]
    [InlineData("layout-ref-name-port")]
    [InlineData("layout-ref-name-digest")]
    public void An_alias_has_the_true_reference(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        (string host, string repository) = Split(SpecCase.Text(spec.Input, "source")!);
        string alias = SpecCase.Text(spec.Input, "alias")!;

        (string tag, string reference) = Annotations(host, Tiny.Image(repository, alias, 'a'));

        Assert.Equal(SpecCase.Text(spec.Wanted, "shortTag") ?? alias, tag);
        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "refName")!, reference);
    }

    [Theory]
    [InlineData("layout-sort-25")]
    public void Descriptors_are_sorted_by_reference(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        int count = spec.Input.GetProperty("descriptors").GetInt32();
        ImageContent[] images = [.. Enumerable.Range(0, count).Select(number => Tiny.Image(
            number % 2 == 0 ? "r" : "R-other", string.Create(CultureInfo.InvariantCulture, $"v{number}"), '1'))];
        new Random(25).Shuffle(images);

        string[] references = [.. Index([.. images])["manifests"]!.AsArray()
            .Select(entry => entry!["annotations"]![LayoutFiles.RefName]!.GetValue<string>())];

        CaseFile.Check(spec, SpecCase.Any(spec.Expected, "count")!, $"{references.Length}");
        Assert.Equal(references.Order(StringComparer.Ordinal), references);
    }

    [Theory]
    [MemberData(nameof(ShortTags))]
    public void An_image_has_the_tag_and_the_reference_of_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        string text = SpecCase.Text(spec.Input, "reference")!;
        (string host, string repository) = Split(text);
        string? tag = text.Contains('@', StringComparison.Ordinal) ? null : text.Split(':')[^1];

        (string shortTag, string reference) = Annotations(host, Tiny.Image(repository, tag, 'a'));

        CaseFile.Check(
            spec,
            Whole($"{SpecCase.Text(spec.Expected, "short_tag")} {SpecCase.Text(spec.Expected, "ref_name")}"),
            Whole($"{shortTag} {reference}"),
            d8);
    }

    [Theory]
    [InlineData("tag-digest-form")]
    [InlineData("tag-attestation")]
    public void What_is_known_by_its_digest_has_a_tag_of_it(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string text = (SpecCase.Text(spec.Input, "pulledBy") ?? SpecCase.Text(spec.Input, "attestationOf"))!;
        char hex = text[^1];
        Digest digest = Tiny.Digest(hex);

        string actual = SpecCase.Text(spec.Input, "pulledBy") is not null
            ? Annotations("registry.example.com", Tiny.Image("r", null, hex)).Tag
            : Mirror.Engine.Deckhouse.Source.Attestations.TagOf(digest);

        string given = text[(text.LastIndexOf(':') + 1)..];
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "shortTag")!.Replace(given, digest.Hex, StringComparison.Ordinal),
            actual);
    }

    /// <summary>Digests of the case file have half the length of true ones.</summary>
    private static string Whole(string text) => text
        .Replace(new string('a', 64), HexA, StringComparison.Ordinal);

    private static (string Host, string Repository) Split(string reference)
    {
        int slash = reference.IndexOf('/', StringComparison.Ordinal);
        string path = reference[(slash + 1)..];
        return (reference[..slash], path[..path.IndexOfAny([':', '@'])]);
    }

    private static (string Tag, string Reference) Annotations(string host, ImageContent image)
    {
        JsonNode annotations = Index(host, image)["manifests"]![0]!["annotations"]!;
        return (
            annotations[LayoutFiles.ShortTag]!.GetValue<string>(),
            annotations[LayoutFiles.RefName]!.GetValue<string>());
    }

    private static JsonObject Index(params ImmutableArray<ImageContent> images) =>
        Index("registry.example.com", images);

    /// <summary>The index that a pull writes of some images of one layout.</summary>
    private static JsonObject Index(string host, params ImmutableArray<ImageContent> images)
    {
        MirrorPlan plan = new PlanBuilder(host).Build(
            host, [new ArchiveContent("platform.tar", [new LayoutContent("", images)])], []);
        return JsonNode.Parse(LayoutFiles.Index(plan.Archives[0].Layouts[0].Images))!.AsObject();
    }
}
