using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What others left in the temporary folder decides nothing.</summary>
public sealed class SpoolTrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Bundle => _folder.Combine("bundle");

    private string Tmp => _folder.Combine("tmp");

    private string Spool => Path.Combine(
        Tmp,
        $"d8mirror-spool-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bundle)))[..8]}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Planted_facts_of_an_image_change_nothing()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        MirrorPlan honest = await Run(registry).PlanAsync();
        await LeaveSpoolAsync(registry);
        foreach (PlannedImage image in honest.Archives
            .SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images))
        {
            Plant(image, "deckhouse/candi/images_digests.json", ("deckhouse/candi/images_digests.json", "{}"));
            Plant(image, "images_digests.json\nextra_images.json");
            Plant(image, "version.json", ("version.json", """{"version":"v9.9.9"}"""));
        }

        MirrorReport report = await Run(registry).PullAsync();

        Assert.Equal(honest.Everything(), report.Plan.Everything());
    }

    [Fact]
    public async Task A_spool_is_for_its_owner_alone()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();

        await LeaveSpoolAsync(registry);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Spool) ==
            (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_place_of_the_spool_is_refused_before_any_request(bool resumes)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        string victim = Directory.CreateDirectory(_folder.Combine("victim")).FullName;
        string kept = Path.Combine(victim, $"sha256-{new string('0', 64)}");
        await File.WriteAllTextAsync(kept, "mine", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Tmp);
        Directory.CreateSymbolicLink(Spool, victim);
        EngineRun run = Run(registry);
        run.Settings = run.Settings with { NoPullResume = !resumes };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.FolderNotOurs, fault.Code);
        Assert.Contains(Spool, fault.Message, StringComparison.Ordinal);
        Assert.Empty(registry.Requests.All);
        Assert.Equal([kept], Directory.GetFileSystemEntries(victim));
    }

    [Fact]
    public async Task A_changed_manifest_or_layer_of_an_earlier_run_is_asked_for_again()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        MirrorPlan honest = await Run(registry).PlanAsync();
        await LeaveSpoolAsync(registry);
        string[] files = Directory.GetFiles(Spool);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            byte[] content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            content[content.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        }

        Assert.Equal(honest.Everything(), (await Run(registry).PullAsync()).Plan.Everything());
    }

    /// <summary>A file as earlier versions kept it: what was asked of which image, and a sum of the answer.</summary>
    private void Plant(PlannedImage image, string question, params (string Name, string Text)[] files)
    {
        byte[] answer = JsonSerializer.SerializeToUtf8Bytes(files.ToDictionary(
            file => file.Name, file => Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Text))));
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{image.Digest}\n{question}")));
        File.WriteAllBytes(Path.Combine(Spool, $"facts-{key}"), [.. SHA256.HashData(answer), .. answer]);
    }

    /// <summary>A pull that has planned, and then lacks a blob.</summary>
    private async Task LeaveSpoolAsync(TestRegistry registry)
    {
        Assert.True(registry.Content.TryGetRepository("deckhouse/ee/security/trivy-db", out RepositoryContent? found));
        string digest = found.Blobs.MaxBy(blob => blob.Size)!.Digest;
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { Status = 404 });
        await Assert.ThrowsAsync<MirrorException>(() => Run(registry).PullAsync());
        registry.Faults.Clear();
    }

    private EngineRun Run(TestRegistry registry)
    {
        EngineRun run = EngineRun.Of(registry, Bundle);
        run.Settings = run.Settings with { TmpDirectory = Tmp };
        return run;
    }
}
