using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>Our push of bundles that the real d8 wrote, against what the real d8 pushed of them.</summary>
public sealed class RecordedPushTests(OurBundles ours) : IClassFixture<OurBundles>
{
    private static readonly (string Name, string Version)[] Channels =
    [
        ("alpha", "v1.72.1"), ("beta", "v1.71.0"), ("early-access", "v1.70.2"), ("stable", "v1.69.4"),
        ("rock-solid", "v1.68.9"),
    ];

    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public async Task Every_tag_that_d8_pushes_is_pushed_and_no_other_but_installers_of_channels(string version)
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
        run.Settings = run.Settings with { BareRoot = BareRoot.Target };

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

    /// <summary>What d8 pushed, and the installers of channels, which d8 0.33 forgets.</summary>
    private static IEnumerable<string> Expected(string version)
    {
        string[] pushed =
        [
            .. File.ReadLines(Path.Combine(PushRun.Recorded(version), "pushed.txt"))
                .Where(line => !line.StartsWith('#')),
        ];
        return pushed.Union(Channels.Select(channel => pushed
            .Single(line => line.StartsWith($"mirror/ee/install {channel.Version} ", StringComparison.Ordinal))
            .Replace($" {channel.Version} ", $" {channel.Name} ", StringComparison.Ordinal)));
    }
}
