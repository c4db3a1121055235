using System.Globalization;
using Mirror.Engine.Ends;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Ends;

public sealed class LeftoverProbeTests
{
    private const int Many = 200;

    [Fact]
    public async Task Where_no_tag_is_blobs_are_no_longer_asked_for_after_more_were_missing_than_can_be_on_their_way()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(404));
        LeftoverProbe probe = new(registry.Client, ["empty"]);

        Assert.Equal(0, await CountAsync(probe, "empty"));

        Assert.InRange(registry.Seen.Count, 64, 80);
    }

    [Fact]
    public async Task A_repository_with_tags_is_asked_for_each_blob()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(404));
        LeftoverProbe probe = new(registry.Client, ["empty"]);

        await CountAsync(probe, "empty");
        int asked = registry.Seen.Count;
        await CountAsync(probe, "full");

        Assert.Equal(Many, registry.Seen.Count - asked);
    }

    [Fact]
    public async Task What_an_interrupted_push_left_is_found_to_its_end()
    {
        // Out of order by as much as 64 connections can make it: the last of each 60 is there, the others are not.
        int asked = 0;
        using ScriptedRegistry registry = new(_ => Answer.Status(++asked % 60 == 0 ? 200 : 404));
        LeftoverProbe probe = new(registry.Client, ["empty"]);

        Assert.Equal(3, await CountAsync(probe, "empty"));
        Assert.Equal(Many, registry.Seen.Count);
    }

    private static async Task<int> CountAsync(LeftoverProbe probe, string repository)
    {
        int found = 0;
        for (int index = 0; index < Many; index++)
        {
            Digest digest = Digest.OfSha256([.. index.ToString(CultureInfo.InvariantCulture).Select(c => (byte)c)]);
            PlannedBlob blob = new(digest, 0, false, []);
            found += await probe.HasAsync(repository, blob, TestContext.Current.CancellationToken) ? 1 : 0;
        }

        return found;
    }
}
