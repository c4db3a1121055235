using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed class MirrorTests(ScriptMirror mirror) : IClassFixture<ScriptMirror>
{
    private const string Edition = "mirror/ee";

    [Fact]
    public void The_target_holds_what_the_archives_say()
    {
        int stored = BundleListing.Read(mirror.Bundle).Count();
        var names = BundleListing.NamesAtTarget(mirror.Bundle, Edition);
        var tagged = Tagged(mirror.Target).ToLookup(image => names.Contains((image.Repository, image.Tag!)));

        Assert.True(stored > 20, $"{stored} images");
        Assert.Equal(BundleListing.AtTarget(mirror.Bundle, Edition), BundleListing.InOrder(tagged[false]));
        Assert.Contains((Edition + "/modules", "console"), names);
        Assert.Equal(names.Order(), tagged[true].Select(name => (name.Repository, name.Tag!)).Order());
        Assert.StartsWith(
            $"Pushed {Tagged(mirror.Target).Count()} tags to {mirror.Target.Host}/{Edition}, 0 already there; ",
            Assert.Single(mirror.Run.LinesWith("Pushed ")));
    }

    [Fact]
    public void Each_archive_has_its_sum() => Assert.Equal(
        Directory.GetFiles(mirror.Bundle, "*.tar").Select(archive => archive + ".gostsum").Order(),
        Directory.GetFiles(mirror.Bundle, "*.gostsum").Order());

    [Fact]
    public void Requests_are_shown_and_no_secret()
    {
        Assert.NotEmpty(mirror.Run.LinesWith($"/v2/{Edition}/modules/console/"));
        ScriptMirror.AssertNoSecret(mirror.Run);
    }

    [Fact]
    public void No_secret_is_in_a_command_line_while_the_script_pulls_and_pushes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are listed by /proc.");
        Assert.InRange(
            mirror.CommandLines.Seen.Count(line => line.Contains(" build.cake ", StringComparison.Ordinal)),
            2,
            int.MaxValue);
        Assert.All(mirror.CommandLines.Seen, ScriptMirror.AssertNoSecret);
    }

    [Fact]
    public async Task A_damaged_layer_fails_the_script_and_no_tag_reaches_the_target()
    {
        await using TestRegistry target = await ScriptMirror.StartTargetAsync();
        using BundleCopy bundle = BundleDamage.Of("byte in a layer").Make();

        DotNetRun run = await mirror.RunAsync(
            target, "--target=Push", "--exclusive", $"--bundle={bundle.Folder}");

        Assert.Equal(1, run.ExitCode);
        Assert.Single(
            run.LinesWith("D8M7001: "), line => line.Contains("module-console.tar", StringComparison.Ordinal));
        Assert.NotEmpty(target.Requests.All);
        Assert.Empty(Tagged(target));
        ScriptMirror.AssertNoSecret(run);
    }

    private static IEnumerable<SourceReference> Tagged(TestRegistry registry) =>
        registry.Dump().Where(image => image.Tag is not null);
}
