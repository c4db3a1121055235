using System.Text.Json;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.House;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Real;

public sealed class DockerRegistryPullTests
{
    private static readonly string ListPath =
        RepositoryTree.PathOf("tests/Mirror.Engine.Tests/Real/expected-deckhouse-ee.txt");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_from_a_real_registry_is_the_plan_and_the_list_in_git()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry registry = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        using (RegistryFiller filler = new(registry.Host))
        {
            await filler.FillAsync(DeckhouseMini.Load(), Cancellation);
        }

        using TemporaryFolder folder = new();
        string planFile = folder.Combine("plan.json");
        EngineRun run = new(registry.Host, folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = planFile };
        await run.PlanAsync();
        string[] planned = [.. ReadPlan(planFile).Order(StringComparer.Ordinal)];
        run.Settings = run.Settings with { ReportFile = null };

        await run.PullAsync();

        string[] stored = [.. StoredBundle.Read(folder.Combine("bundle"))
            .Select(image => image.ToString()).Order(StringComparer.Ordinal)];
        Assert.Equal(planned, stored);
        Assert.Equal(await File.ReadAllLinesAsync(ListPath, Cancellation), stored);
        Assert.True(stored.Length >= 100, $"Only {stored.Length} references.");
    }

    [Fact]
    public void The_list_in_git_is_what_the_source_description_says()
    {
        IReadOnlyCollection<string> derived = MiniExpectation.Derive();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(ListPath, string.Concat(derived.Select(line => line + "\n")));
        }

        Assert.Equal(derived, File.ReadAllLines(ListPath));
        HashSet<string> known = [.. SourceListing.Load().Select(reference => reference.Digest)];
        Assert.All(derived, line => Assert.Contains(line[line.IndexOf("sha256:", StringComparison.Ordinal)..], known));
    }

    private static IEnumerable<string> ReadPlan(string path)
    {
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement archive in plan.RootElement.GetProperty("archives").EnumerateArray())
        {
            foreach (JsonElement layout in archive.GetProperty("layouts").EnumerateArray())
            {
                foreach (JsonElement image in layout.GetProperty("images").EnumerateArray())
                {
                    yield return new StoredImage(
                        archive.GetProperty("name").GetString()!,
                        layout.GetProperty("path").GetString()!,
                        image.GetProperty("tag").GetString()!,
                        image.GetProperty("digest").GetString()!).ToString();
                }
            }
        }
    }
}
