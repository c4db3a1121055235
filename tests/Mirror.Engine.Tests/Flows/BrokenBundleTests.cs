using System.Collections.Immutable;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Every way to break a bundle is told by a verification, and no push of it leaves a tag.</summary>
public sealed class BrokenBundleTests(SketchedBundles bundles) : IClassFixture<SketchedBundles>
{
    public static TheoryData<string> Names => [.. BrokenBundle.All.Select(broken => broken.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_verification_tells_the_code_and_what_is_broken(string name)
    {
        BrokenBundle broken = BrokenBundle.Of(name);
        using BundleCopy bundle = bundles.Copy(broken.Form);
        broken.Apply(bundle);

        ImmutableArray<Fault> faults =
            (await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle.Folder))).Faults;

        Assert.Equal(
            broken.Codes,
            string.Join(' ', faults.Select(fault => fault.Code).Distinct().Order(StringComparer.Ordinal)));
        Assert.Contains(faults, fault => broken.Says.All(
            text => fault.Message.Contains(text, StringComparison.Ordinal)));
        Assert.All(faults, fault => Assert.NotEmpty(fault.Advice));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_push_fails_with_one_of_the_codes_and_publishes_no_tag(string name)
    {
        BrokenBundle broken = BrokenBundle.Of(name);
        using BundleCopy bundle = bundles.Copy(broken.Form);
        broken.Apply(bundle);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        ImmutableArray<Fault> faults = await new PushRun(target.Host, bundle.Folder).FailAsync();

        Assert.All(faults, fault => Assert.Contains(fault.Code, broken.Codes.Split(' ')));
        Assert.Contains(faults, fault => broken.Says.All(
            text => fault.Message.Contains(text, StringComparison.Ordinal)));
        using RegistryReader reader = new(target.Host);
        Assert.Empty(await reader.ListAsync(Cancellation));
        Assert.Empty(target.Requests.Where(request => request.Method == "PUT" && request.IsManifest()));
        Assert.True(
            broken.IsSeenWhileSending
            || target.Requests.All.All(record => record.Request.Method is not ("POST" or "PUT" or "PATCH")));
    }

    [Theory]
    [InlineData(BundleForm.OfD8)]
    [InlineData(BundleForm.ChunksOfD8)]
    [InlineData(BundleForm.Ours)]
    [InlineData(BundleForm.OurChunks)]
    internal async Task The_bundle_that_is_broken_is_whole_before(BundleForm form)
    {
        using BundleCopy bundle = bundles.Copy(form);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport verified = await VerifyAsync(bundle.Folder);
        MirrorReport pushed = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Empty(verified.Warnings);
        Assert.Equal([FaultCode.PlainHttpUsed], pushed.Warnings.Select(warning => warning.Code));
        Assert.Equal(
            verified.Plan.ImageCount,
            pushed.Plan.Archives.SelectMany(archive => archive.Layouts).Sum(layout => layout.Images.Count(
                image => layout.Path != "install" || image.Tag.StartsWith('v'))));
        Assert.Equal(form is BundleForm.OurChunks or BundleForm.ChunksOfD8, BrokenChunks.Count(bundle) > 3);
    }

    [Fact]
    public void There_are_at_least_36_ways_with_names_of_their_own()
    {
        Assert.True(BrokenBundle.All.Count >= 36);
        Assert.Equal(BrokenBundle.All.Count, BrokenBundle.All.Select(broken => broken.Name).Distinct().Count());
    }

    [Fact]
    public async Task A_blob_that_no_image_needs_is_verified_all_the_same()
    {
        using BundleCopy bundle = bundles.Copy(BundleForm.OfD8);
        string blob = $"install/blobs/sha256/{new string('0', 64)}";
        ForgedArchive.Change(bundle.PathOf(BrokenBundle.Platform), archive => archive.Add(blob, 1));

        Fault fault = Assert.Single(
            (await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle.Folder))).Faults);

        Assert.Equal(FaultCode.ContentDamaged, fault.Code);
        Assert.StartsWith($"platform.tar is damaged: {blob} holds", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("and no image needs it.", fault.Message, StringComparison.Ordinal);
    }

    private static Task<MirrorReport> VerifyAsync(string folder) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(new MirrorVerifySettings { BundleDirectory = folder }, null, Cancellation);
}
