using Mirror.Engine.Errors;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The look whether a target may be written, before anything is sent; and a push that goes on.</summary>
public sealed class PushAccessTests
{
    private static readonly string Bundle = PushRun.Recorded("0.33");

    [Theory]
    [InlineData("mirror/ee")]
    [InlineData("mirror/ee/install")]
    [InlineData("mirror/ee/release-channel")]
    [InlineData("mirror/ee/security/")]
    [InlineData("mirror/ee/modules/")]
    [InlineData("mirror/ee/modules")]
    [InlineData("mirror/ee/packages")]
    [InlineData("mirror/deckhouse-cli/plugins")]
    [InlineData("mirror/ee/packages/")]
    [InlineData("mirror/installer")]
    [InlineData("mirror/deckhouse-cli/plugins/")]
    public async Task Each_kind_of_repository_is_tried_before_a_blob_is_sent_and_nothing_is_left_behind(string kind)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "POST"
                && (request.Route.Repository == kind
                    || (kind[^1] == '/' && request.Route.Repository.StartsWith(kind, StringComparison.Ordinal))),
            new RegistryFault { Status = 403, ErrorCode = "DENIED" });

        EngineFault fault = Assert.Single(await new PushRun(target.Host, Bundle).FailAsync());

        Assert.Equal(FaultCode.Forbidden, fault.Code);
        Assert.Contains(kind, fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.OpenUploads);
        Assert.Empty(target.Dump());
        Assert.DoesNotContain(target.Requests.All, record => record.Method is "PUT" or "PATCH");
    }

    [Fact]
    public async Task What_is_tried_is_dropped_again_and_only_what_is_to_be_written_is_tried()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, Bundle).PushAsync();
        int open = target.OpenUploads;
        target.Content.Repository("mirror/installer").RemoveTag(
            target.Content.Repository("mirror/installer").Tags[0]);
        target.Requests.Clear();

        await new PushRun(target.Host, Bundle).PushAsync();

        Assert.Equal(0, open);
        Assert.Equal(
            ["POST mirror/installer", "DELETE mirror/installer"],
            target.Requests.Where(request => request.IsUpload()
                    && !request.Query.Contains("mount=", StringComparison.Ordinal))
                .Select(record => $"{record.Method} {record.Request.Route.Repository}"));
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task A_push_that_goes_on_says_what_the_interrupted_one_had_brought()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule rule = target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest("mirror/ee/release-channel"),
            new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        await new PushRun(target.Host, Bundle).FailAsync();
        int tags = target.Dump().Count(image => image.Tag is not null);
        target.Faults.Remove(rule);
        PushRun run = new(target.Host, Bundle);

        MirrorReport report = await run.PushAsync();

        Assert.NotEqual(0, tags);
        Assert.Equal(tags, report.Repositories.Sum(repository => repository.AlreadyThere));
        Assert.Equal(report.Plan.Publications.Length - tags, report.Repositories.Sum(one => one.Pushed));
        Assert.Equal(0, report.SentBlobs);
        Assert.Equal(report.Plan.Blobs.Length, report.AlreadyThereBlobs);
        Assert.Equal(report.Plan.TransferBytes, report.AlreadyThereBytes);
        Assert.Contains(run.Events, value => value.Message.Contains(
            $"{tags} of {report.Plan.Publications.Length} tags already there", StringComparison.Ordinal));
        Assert.Contains(run.Events, value => value.Message.Contains(
            $"{report.AlreadyThereBlobs} blobs ({ByteCount.Format(report.AlreadyThereBytes)}) already there",
            StringComparison.Ordinal));
    }
}
