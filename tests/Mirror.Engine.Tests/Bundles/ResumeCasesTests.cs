using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What d8's work folder does by its age, and its check that everything landed.</summary>
public sealed class ResumeCasesTests
{
    private const string Archive = "platform.tar";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("resume-age-1")]
    [InlineData("resume-age-2")]
    [InlineData("resume-age-3")]
    public async Task What_an_interrupted_pull_left_is_used_at_any_age(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        string age = SpecCase.Text(spec.Input, "state_dir_age")!;
        bool isThere = age != "missing";
        if (isThere)
        {
            using OpenedBundle first = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
            BundleRun.Store(first.Writer, bundle, bundle.Contents.Keys.First());
        }

        foreach (string file in Directory.GetFiles(folder.FullName))
        {
            File.SetLastWriteTimeUtc(
                file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-int.Parse(age.TrimEnd('h'))));
        }

        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);

        Assert.Equal(isThere ? 1 : 0, opened.Writer.Resumed.Blobs);
        CaseFile.Check(
            spec,
            spec.Wanted.GetProperty("expired").GetBoolean().ToString(),
            (isThere && opened.Writer.Resumed.Blobs == 0).ToString());
    }

    [Theory]
    [InlineData("land-missing")]
    [InlineData("land-complete")]
    [InlineData("land-skipped")]
    public void An_archive_without_an_image_of_its_plan_is_told_with_the_image(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        BundleInventory inventory = new()
        {
            Format = BundleInventory.CurrentFormat,
            Source = "registry.example.com/deckhouse/ee",
            Archive = Archive,
            Bytes = 1,
            Fingerprint = new string('a', 64),
            Layouts = [new InventoryLayout("R", [.. Texts(spec.Input, "planned").Select(Planned)])],
        };
        File.WriteAllBytes(folder.Combine(BundleNames.Inventory(Archive)), BundleJson.Write(inventory));

        LayoutContent found = new("R", [.. Texts(spec.Input, "index_short_tags").Select(Found)]);
        ImmutableArray<Fault> faults = new BundleRecords(new PhysicalDisk()).Differences(
            new StoredArchive(Archive, folder.FullName, [Archive]), new ArchiveContent(Archive, [found]));

        ImmutableArray<string> missing = spec.Wanted.TryGetProperty("missing", out _)
            ? Texts(spec.Wanted, "missing")
            : [];
        Assert.All(faults, fault => Assert.Equal(FaultCode.InventoryDiffers, fault.Code));
        CaseFile.CheckSet(
            spec,
            missing,
            Texts(spec.Input, "planned").Where(image => faults.Any(
                fault => fault.Message.Contains($"{image} = ", StringComparison.Ordinal))));
    }

    private static Digest DigestOf(string tag) => Digest.OfSha256(System.Text.Encoding.UTF8.GetBytes(tag));

    private static InventoryImage Planned(string reference)
    {
        string tag = reference.Split(':')[1];
        return new InventoryImage(tag, DigestOf(tag), MediaType.OciManifest, 1, reference);
    }

    private static ImageContent Found(string tag) => new(
        "R",
        tag,
        [new Manifest(new Descriptor(MediaType.OciManifest, DigestOf(tag), 1))],
        "test");

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
