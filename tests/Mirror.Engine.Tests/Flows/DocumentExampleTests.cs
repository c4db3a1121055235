using Mirror.Engine.Tests.Real;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The command lines under "Examples" of pull and the first step of the workflow, of the document of d8 mirror 0.25.2,
/// looked for in the bundle. What that version did not know (packages, installer, plugins) comes along.
/// </summary>
public sealed class DocumentExampleTests(DocumentSource source) : IClassFixture<DocumentSource>
{
    private static readonly string[] AllModules =
    [
        "console", "ingress-nginx", "module1", "module2", "mymodule", "neuvector", "prometheus", "sds-local-volume",
        "stronghold", "test-module",
    ];

    [Fact]
    public async Task Download_all_modules()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(settings => settings);

        Assert.Equal(AllModules, Modules(bundle));
        Assert.Contains(bundle, image => image.Archive == "platform.tar");
        Assert.Contains(bundle, image => image.Archive == "security.tar");
    }

    [Fact]
    public async Task A_licence_is_the_way_in()
    {
        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => source.PullAsync(
            settings => settings with { LicenseToken = "another" }));

        Assert.Contains(FaultCode.Unauthorized, refusal.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public async Task Download_only_specific_modules()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(
            settings => settings with { IncludeModules = ["neuvector", "prometheus"] });

        Assert.Equal(["neuvector", "prometheus"], Modules(bundle));
        Assert.Equal(["v1.0.0", "v1.1.0", "v1.2.0"], Versions(bundle, "module-neuvector.tar", "modules/neuvector"));
        Assert.Equal(["v1.0.0"], Versions(bundle, "module-prometheus.tar", "modules/prometheus"));
    }

    [Fact]
    public async Task Download_a_module_with_a_version_constraint()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(
            settings => settings with { IncludeModules = ["neuvector@^1.2.0"] });

        Assert.Equal(["neuvector"], Modules(bundle));

        // v1.0.0 and v1.1.0 are on channels, v1.3.0 is on none.
        Assert.Equal(
            ["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0"],
            Versions(bundle, "module-neuvector.tar", "modules/neuvector"));
    }

    [Fact]
    public async Task Exclude_specific_modules()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(
            settings => settings with { ExcludeModules = ["module1", "module2"] });

        Assert.Equal(AllModules.Except(["module1", "module2"]), Modules(bundle));
    }

    [Fact]
    public async Task Download_only_platform_and_security_databases()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(
            settings => settings with { Components = MirrorComponents.All & ~MirrorComponents.Modules });

        Assert.Empty(Modules(bundle));
        Assert.Equal(
            ["v1.68.9", "v1.69.4", "v1.69.5", "v1.70.2", "v1.71.0", "v1.72.1"], Versions(bundle, "platform.tar", ""));
        Assert.Equal(
            ["security/trivy-bdu", "security/trivy-checks", "security/trivy-db", "security/trivy-java-db"],
            bundle.Where(image => image.Archive == "security.tar").Select(image => image.Layout)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Download_a_specific_Deckhouse_version()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(settings => settings with
        {
            Components = MirrorComponents.Platform,
            DeckhouseTag = "v1.59.0",
        });

        Assert.Equal(["v1.59.0"], Versions(bundle, "platform.tar", ""));
        Assert.Equal(2, bundle.Count(image => image is { Layout: "", Tag.Length: 64 }));
        Assert.Equal(["v1.59.0"], Versions(bundle, "platform.tar", "install"));
        StoredImage[] channels = [.. bundle.Where(image => image.Layout == "release-channel")];
        Assert.Equal(
            ["alpha", "beta", "early-access", "rock-solid", "stable", "v1.59.0"],
            channels.Select(image => image.Tag).Order(StringComparer.Ordinal));
        Assert.Single(channels.Select(image => image.Digest).Distinct());
    }

    [Fact]
    public async Task The_workflow_begins_with_releases_since_a_version_and_two_modules_in_chunks()
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(settings => settings with
        {
            SinceVersion = "1.59.0",
            IncludeModules = ["prometheus", "ingress-nginx"],
            BundleChunkSize = 10_000_000_000,
        });

        Assert.Equal(["ingress-nginx", "prometheus"], Modules(bundle));
        string[] versions = Versions(bundle, "platform.tar", "");
        Assert.Equal("v1.59.0", versions[0]);
        Assert.Superset(
            new HashSet<string> { "v1.67.5", "v1.68.9", "v1.69.4", "v1.70.2", "v1.71.0", "v1.72.1" },
            versions.ToHashSet());
        Assert.Contains(bundle, image => image.Archive == "security.tar");
    }

    private static string[] Modules(IEnumerable<StoredImage> bundle) =>
    [
        .. bundle.Select(image => image.Archive).Distinct()
            .Where(archive => archive.StartsWith("module-", StringComparison.Ordinal))
            .Select(archive => archive["module-".Length..^".tar".Length])
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Versions(IEnumerable<StoredImage> bundle, string archive, string layout) =>
    [
        .. bundle
            .Where(image => image.Archive == archive && image.Layout == layout && image.Tag.StartsWith('v'))
            .Select(image => image.Tag)
            .Order(StringComparer.Ordinal),
    ];
}
