using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
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
        var stored = BundleListing.Read(mirror.Bundle).ToList();

        Assert.True(stored.Count > 20, $"{stored.Count} images");
        Assert.Equal(
            stored.Select(image => image with { Repository = RepositoryOf(image.Repository) })
                .Distinct()
                .Order(_byText),
            Tagged(mirror.Target).Where(image => !IsCatalogue(image.Repository)).Order(_byText));
        Assert.Equal(["console", "sds-local-volume"], mirror.Target.Content.Repository($"{Edition}/modules").Tags);
        Assert.Equal(
            [$"{stored.Count} images are in {mirror.Target.Host}/{Edition}"], mirror.Run.LinesWith(" images are in "));
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
    public async Task A_damaged_layer_fails_the_script_and_no_tag_reaches_the_target()
    {
        await using TestRegistry target = await ScriptMirror.StartTargetAsync();
        using TemporaryFolder bundle = new();
        File.Copy(Path.Combine(mirror.Bundle, "module-console.tar"), bundle.Combine("module-console.tar"));
        Damage(bundle.Combine("module-console.tar"));

        DotNetRun run = await mirror.RunAsync(
            target, "--target=Push", "--exclusive", $"--bundle={bundle.FullName}");

        Assert.Equal(1, run.ExitCode);
        Assert.Single(
            run.LinesWith("D8M7001: "), line => line.Contains("module-console.tar", StringComparison.Ordinal));
        Assert.NotEmpty(target.Requests.All);
        Assert.Empty(Tagged(target));
        ScriptMirror.AssertNoSecret(run);
    }

    private static readonly Comparer<SourceReference> _byText =
        Comparer<SourceReference>.Create((left, right) => string.CompareOrdinal($"{left}", $"{right}"));

    private static IEnumerable<SourceReference> Tagged(TestRegistry registry) =>
        registry.Content.Dump()
            .Where(entry => entry.Tag is not null)
            .Select(entry => new SourceReference(entry.Repository, entry.Tag, entry.Digest));

    // What lies above an edition at the source does so at the target.
    private static string RepositoryOf(string path) => path.Split('/')[0] switch
    {
        "" => Edition,
        "installer" or "deckhouse-cli" => $"mirror/{path}",
        _ => $"{Edition}/{path}",
    };

    private static bool IsCatalogue(string repository) =>
        repository is $"{Edition}/modules" or $"{Edition}/packages" or "mirror/deckhouse-cli/plugins";

    private static void Damage(string archive)
    {
        using FileStream file = new(archive, FileMode.Open);
        file.Position = BundleListing.LargestEntryOf(archive);
        int value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}
