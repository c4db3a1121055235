using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>What a partial update takes from the source, and what stays as it is locked.</summary>
public sealed class LockUpdateTests
{
    private static readonly ImmutableArray<string> Names =
        ["module-a.tar", "module-b.tar", "package-p.tar", "package-versions.tar", "platform.tar", "plugin-x.tar"];

    [Theory]
    [InlineData("module-a", "module-a.tar plugin-x.tar")]
    [InlineData("platform", "platform.tar plugin-x.tar")]
    [InlineData("package-p.tar", "package-p.tar package-versions.tar")]
    [InlineData("plugin-x", "plugin-x.tar")]
    [InlineData("module-a;package-p", "module-a.tar package-p.tar package-versions.tar plugin-x.tar")]
    public void What_is_named_and_what_follows_from_it_is_taken(string update, string expected) =>
        Assert.Equal(expected, Taken(update, Now('2')));

    [Fact]
    public void Nothing_follows_from_what_did_not_change() =>
        Assert.Equal("module-a.tar", Taken("module-a", Now('1')));

    [Fact]
    public void What_is_no_longer_selected_is_dropped_and_what_is_new_is_taken()
    {
        ResolvedParts now = Parts([.. Names.Where(name => name != "module-b.tar"), "module-c.tar"], '2');

        LockUpdate update = LockUpdate.Choose(Locked(), now, ["package-p"], []);

        Assert.DoesNotContain(update.Kept, archive => archive.Name is "module-b.tar" or "module-c.tar");
        Assert.Contains(
            update.Merge(ResolvedParts.Nothing).Archives, archive => archive.Name == "module-c.tar");
    }

    private static ResolvedParts Now(char digest) => Parts(Names, digest);

    private static string Taken(string update, ResolvedParts now) => string.Join(' ', LockUpdate
        .Choose(Locked(), now, [.. update.Split(';')], [])
        .Merge(ResolvedParts.Nothing).Archives
        .Select(archive => archive.Name).Order(StringComparer.Ordinal));

    private static ResolvedParts Parts(ImmutableArray<string> names, char digest) => new(
        [.. names.Select(name => new ArchiveContent(name, [new LayoutContent("", [Image(digest)])]))], []);

    private static ImageContent Image(char digest) => new(
        "r/ee", "v1", [new Manifest(new Descriptor(MediaType.OciManifest, Tiny.Digest(digest), 1))], "test");

    private static LockFile Locked() => new()
    {
        Source = "registry.example/r/ee",
        BundleFormat = "PathPreserving",
        Selection = ImmutableSortedDictionary<string, LockedSetting>.Empty,
        Archives =
        [
            .. Names.Select(name => new LockedArchive(
                name, 1, new string('f', 64),
                [new LockedLayout("", "r/ee", [new LockedImage("v1", Tiny.Digest('1'))])])),
        ],
        Files = ImmutableSortedDictionary<string, Digest>.Empty,
    };
}
