using Mirror.Engine.Settings;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>Our push of bundles that the real d8 wrote, against what the real d8 pushed of them.</summary>
public sealed class RecordedPushTests(OurBundles ours) : IClassFixture<OurBundles>
{
    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public async Task Every_tag_that_d8_pushes_is_pushed_digest_for_digest_and_no_other(string version)
    {
        string[] pushed = await PushAsync(PushRun.Recorded(version), version);

        string[] expected = [.. Expected(version)];
        Assert.True(expected.Length > 150);
        Assert.Equal(expected.Order(StringComparer.Ordinal), pushed);
    }

    [Fact]
    public async Task Our_bundle_in_the_form_of_0_25_2_is_pushed_as_d8_pushed_its_own() => Assert.Equal(
        Expected("0.25.2").Order(StringComparer.Ordinal), await PushAsync(ours.Folder("0.25.2"), "0.25.2"));

    private static async Task<string[]> PushAsync(string folder, string version)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, folder);
        run.Settings = run.Settings with { BareRoot = MirrorPushSettings.TargetBareRoot };

        await run.PushAsync();

        string[] expected = [.. Expected(version)];
        Dictionary<string, string> names = expected.Where(line => line.EndsWith(" *", StringComparison.Ordinal))
            .ToDictionary(line => line[..^2], line => line, StringComparer.Ordinal);
        using RegistryReader reader = new(target.Host);
        Assert.NotEmpty(names);
        return
        [
            .. (await reader.ListAsync(TestContext.Current.CancellationToken))
                .Select(tag => names.GetValueOrDefault(
                    $"{tag.Repository} {tag.Tag}", $"{tag.Repository} {tag.Tag} {tag.Digest}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Expected(string version) =>
        File.ReadLines(Path.Combine(PushRun.Recorded(version), "pushed.txt")).Where(line => !line.StartsWith('#'));
}
