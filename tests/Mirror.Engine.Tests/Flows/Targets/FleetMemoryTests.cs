using System.Net;
using System.Text;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>Dozens of targets with thousands of tags are looked at one after the other.</summary>
public sealed class FleetMemoryTests
{
    private const int Targets = 50;
    private const int Tags = 2000;
    private const long MostBytes = 60_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_targets_of_2000_tags_cost_one_request_for_each_tag_and_no_memory_of_the_last_one()
    {
        using TemporaryFolder folder = new();
        HaveRepositories repositories = new();
        for (int tag = 0; tag < Tags; tag++)
        {
            repositories.Add(
                tag % 2 == 0 ? "" : $"modules/m{tag % 40}", $"v1.{tag}.0", DigestOf($"v1.{tag}.0"), [DigestOf("x")]);
        }

        HaveFile have = new() { Basis = HaveBasis.Bundle, Repositories = repositories.Build() };
        await File.WriteAllBytesAsync(folder.Combine("have.json"), HaveWriter.Write(have), Cancellation);
        AnsweringHandler registry = new();
        List<long> held = [];
        MirrorEngine engine = new(
            new EngineParts(new RunEnvironment(new Dictionary<string, string>()), TimeProvider.System)
            {
                CreateHandler = (_, _) => registry,
            });

        MirrorCheckResult result = await engine.CheckAsync(
            new MirrorCheckSettings
            {
                Targets = [.. Enumerable.Range(0, Targets).Select(index => $"registry{index}.local/deckhouse/ee")],
                Insecure = true,
                InventoryFile = folder.Combine("have.json"),
            },
            new Progress(held),
            Cancellation);

        Assert.Equal(Targets, result.Targets.Length);
        Assert.All(result.Targets, target => Assert.True(target.IsWhole));
        Assert.Equal(have.StateId, result.StateId);
        Assert.Equal(Targets * Tags, registry.Heads);
        Assert.Equal(Targets * have.Repositories.Count, registry.Lists);
        Assert.Equal(registry.Heads + registry.Lists, registry.All);

        // What a target is remembered by is a row for each repository.
        Assert.InRange(held[^1] - held[4], long.MinValue, MostBytes);
    }

    private static Digest DigestOf(string text) => Digest.OfSha256(Encoding.UTF8.GetBytes(text));

    private sealed class Progress(List<long> held) : IProgress<MirrorEvent>
    {
        public void Report(MirrorEvent value)
        {
            if (value is TargetChecked)
            {
                held.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }

    /// <summary>A registry whose tags stand for the digest of their names.</summary>
    private sealed class AnsweringHandler : HttpMessageHandler
    {
        private int _heads;
        private int _lists;
        private int _all;

        public int Heads => _heads;

        public int Lists => _lists;

        public int All => _all;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _all);
            string path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Head && path.Contains("/manifests/", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _heads);
                HttpResponseMessage answer = new(HttpStatusCode.OK) { RequestMessage = request };
                answer.Headers.Add("Docker-Content-Digest", $"{DigestOf(path[(path.LastIndexOf('/') + 1)..])}");
                return Task.FromResult(answer);
            }

            if (path.EndsWith("/tags/list", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _lists);
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    RequestMessage = request,
                    Content = new StringContent("{\"tags\":[]}", Encoding.UTF8, "application/json"),
                });
            }

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request });
        }
    }
}
