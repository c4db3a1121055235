using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The nightly job of <c>examples/ci</c>: check, branch, pull request.</summary>
[Collection(SharedPackage.Name)]
public sealed class LockNightTests(PackedPackage package)
{
    private const string Title = "Update the lock of the mirror";

    public static TheoryData<string, string, string, string, string> Systems => new()
    {
        {
            "github", "", "7\n",
            $"gh <pr> <create> <--head> <mirror-lock> <--base> <main> <--title> <{Title}> <--body-file>",
            $"gh <pr> <edit> <7> <--title> <{Title}> <--body-file>"
        },
        {
            "gitlab", "[]\n", """[{"id":90,"iid":7,"title":"Lock","milestone":{"iid":3}}]""" + "\n",
            $"glab <mr> <create> <--source-branch> <mirror-lock> <--target-branch> <main> <--title> <{Title}> "
                + "<--description>",
            $"glab <mr> <update> <7> <--title> <{Title}> <--description>"
        },
        {
            "azure", "", "7\n",
            "az <repos> <pr> <create> <--source-branch> <mirror-lock> <--target-branch> <main> <--title> "
                + $"<{Title}> <--description>",
            $"az <repos> <pr> <update> <--id> <7> <--title> <{Title}> <--description>"
        },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_source_that_moved_becomes_a_branch_and_a_pull_request_that_says_what_changed(
        string system, string none, string open, string create, string update)
    {
        SkipWithoutGit();
        await using LockNights nights = await LockNights.StartAsync(package);

        string first = await nights.RunAsync(system, none);
        string locked = await nights.ShowAsync("mirror-lock", "mirror.lock.json");
        string unapproved = await nights.ShowAsync("main", "mirror.lock.json");
        await nights.ApproveAsync();
        string quiet = await nights.RunAsync(system, none);
        nights.Release();
        string second = await nights.RunAsync(system, open);

        Assert.Contains(create, first);
        Assert.StartsWith("{\n  \"format\": \"deckhouse-mirror/lock/1\"", locked);
        Assert.Equal("", unapproved);
        Assert.Equal("", quiet);
        Assert.Contains(update, second);
        Assert.DoesNotContain(create, second);
        Assert.Contains("stable", second);
        Assert.Equal(Title, await nights.LogAsync("mirror-lock"));
        Assert.Equal(locked, await nights.ShowAsync("main", "mirror.lock.json"));
        Assert.NotEqual(locked, await nights.ShowAsync("mirror-lock", "mirror.lock.json"));
    }

    private static void SkipWithoutGit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for a POSIX shell.");
        if (RealParts.Find("git") is null)
        {
            Assert.SkipUnless(RealParts.AreRequired, "git is not installed.");
        }
    }
}
