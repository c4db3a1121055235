using System.Globalization;
using System.Text;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class WholeJobTests(WholeJob job) : IClassFixture<WholeJob>
{
    private const string Modules = WholeJob.Edition + "/modules";

    private static readonly string[] _secrets =
    [
        WholeJob.Licence,
        WholeJob.DockerPassword,
        WholeJob.SourcePassword,
        WholeJob.TargetPassword,
        WholeJob.Encode($"license-token:{WholeJob.Licence}"),
        WholeJob.Encode($"robot:{WholeJob.DockerPassword}"),
        WholeJob.Encode($"reader:{WholeJob.SourcePassword}"),
        WholeJob.Encode($"robot:{WholeJob.TargetPassword}"),
    ];

    private IEnumerable<FileInfo> Archives =>
        new DirectoryInfo(job.Bundle).GetFiles("*.tar").OrderBy(file => file.Name, StringComparer.Ordinal);

    private IEnumerable<SourceReference> Tagged => job.Target.Dump().Where(image => image.Tag is not null);

    [Fact]
    public void The_target_holds_what_the_archives_say_and_the_names_for_listing()
    {
        var names = BundleListing.NamesAtTarget(job.Bundle, WholeJob.Edition);
        var images = BundleListing.AtTarget(job.Bundle, WholeJob.Edition);
        var tagged = Tagged.ToLookup(image => names.Contains((image.Repository, image.Tag!)));

        Assert.True(images.Count > 20, $"{images.Count} images");
        Assert.Equal(images, BundleListing.InOrder(tagged[false]));
        Assert.Contains((Modules, "console"), names);
        Assert.Equal(names.Order(), tagged[true].Select(name => (name.Repository, name.Tag!)).Order());
    }

    [Fact]
    public void Pull_and_check_give_every_archive_with_the_sum_that_is_beside_it()
    {
        string[] expected =
        [
            .. Archives.Select(file =>
                $"{file.Name} {file.Length} {File.ReadAllText(file.FullName + ".gostsum").Trim()}"),
        ];

        Assert.NotEmpty(expected);
        Assert.All(expected, line => Assert.Matches(" [0-9a-f]{64}$", line));
        Assert.Equal(expected, job.Written("pull.txt").Order(StringComparer.Ordinal));
        Assert.Equal(expected, job.Written("gost.txt").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_verification_gives_every_archive_and_every_image()
    {
        Assert.Equal(
            Archives.Select(file => $"{file.Name} {file.Length}"),
            job.Written("verify.txt").Order(StringComparer.Ordinal));
        Assert.Equal(
            BundleListing.Read(job.Bundle).Select(image => image.Digest).Order(StringComparer.Ordinal),
            job.Written("verified.txt").Select(line => line.Split(' ')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_push_gives_its_images_repositories_and_totals()
    {
        Assert.Equal(
            BundleListing.AtTarget(job.Bundle, WholeJob.Edition)
                .Select(image => $"{image.Repository} {image.Tag} {image.Digest}")
                .Order(StringComparer.Ordinal),
            job.Written("push-images.txt").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            RepositoriesAs((repository, tags) => $"{repository} {tags} 0"),
            job.Written("push-repositories.txt").Order(StringComparer.Ordinal));
        long sent = job.Target.UploadedBlobs.Sum(blob => blob.Size);
        Assert.Equal([$"{Tagged.Count()} 0 {sent}"], job.Written("push.txt"));
    }

    [Fact]
    public void A_second_push_finds_everything_already_there()
    {
        Assert.Equal([$"0 {Tagged.Count()} 0"], job.Written("again.txt"));
        Assert.Equal(
            RepositoriesAs((repository, tags) => $"{repository} 0 {tags}"),
            job.Written("again-repositories.txt").Order(StringComparer.Ordinal));
        Assert.Equal(job.Written("push-images.txt"), job.Written("again-images.txt"));
    }

    [Fact]
    public void A_sync_leaves_what_pull_and_push_do()
    {
        Assert.Equal(BundleListing.InOrder(job.Target.Dump()), BundleListing.InOrder(job.Synced.Dump()));
        Assert.StartsWith($"{Tagged.Count()} 0 ", Assert.Single(job.Written("sync.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_are_shown_and_no_password_is_in_the_log_or_the_binary_log()
    {
        string request = $"/v2/{Modules}/console/";
        Assert.Contains(request, job.Build.Output, StringComparison.Ordinal);
        Assert.True(Has(request), "The binary log has to be readable for this test.");
        Assert.All(_secrets, secret =>
        {
            Assert.DoesNotContain(secret, job.Build.Output);
            Assert.False(Has(secret), "The binary log has a password.");
        });
    }

    [Fact]
    public void No_secret_is_in_any_text_that_a_viewer_of_the_binary_log_shows()
    {
        Assert.Contains(job.LoggedTexts, text => text.Contains("D8_MIRROR_LICENSE_TOKEN", StringComparison.Ordinal));
        Assert.Contains(job.LoggedTexts, text => text.Contains($"/v2/{Modules}/console/", StringComparison.Ordinal));
        Assert.Contains(job.LoggedTexts, text => text.Contains("<D8MirrorGostDigest>", StringComparison.Ordinal));
        Assert.All(_secrets, secret => Assert.DoesNotContain(
            job.LoggedTexts, text => text.Contains(secret, StringComparison.Ordinal)));
    }

    private IEnumerable<string> RepositoriesAs(Func<string, int, string> line) =>
        Tagged.CountBy(image => image.Repository).Select(pair => line(pair.Key, pair.Value))
            .Order(StringComparer.Ordinal);

    private bool Has(string text) =>
        ((Encoding[])[Encoding.UTF8, Encoding.Unicode])
            .Any(encoding => job.BinaryLog.AsSpan().IndexOf(encoding.GetBytes(text)) >= 0);
}
