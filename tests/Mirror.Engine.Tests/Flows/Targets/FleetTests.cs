using System.Net;
using System.Text;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>Dozens of registries that are filled from one: one report of all of them, in bounded memory.</summary>
public sealed class FleetTests
{
    private const int TargetCount = 50;
    private const int Tags = 2000;
    private const int Repositories = 20;

    [Fact]
    public async Task Fifty_targets_of_two_thousand_tags_are_checked_one_after_the_other_in_bounded_memory()
    {
        using TemporaryFolder folder = new();
        HaveFile have = Draw();
        string file = folder.Combine("have.json");
        await File.WriteAllBytesAsync(file, HaveWriter.Write(have), TestContext.Current.CancellationToken);
        Fleet fleet = new(have);
        MirrorEngine engine = new(new EngineParts(new RunEnvironment([]), TimeProvider.System)
        {
            CreateHandler = (_, _) => fleet.Connect(),
        });
        Watch watch = new();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => engine.CheckAsync(
            new MirrorCheckSettings
            {
                Targets = [.. Enumerable.Range(0, TargetCount).Select(Name)],
                InventoryFile = file,
                ReportFile = folder.Combine("fleet.md"),
                Insecure = true,
            },
            watch,
            TestContext.Current.CancellationToken));

        Assert.Equal(TargetCount, watch.Checked.Count);
        Assert.All(watch.Checked, target => Assert.Equal(Tags + Repositories, target.Requests));

        // Each third target lacks all of its tags, each other is whole; of what is missing a part is listed.
        string[] bad = [.. Enumerable.Range(0, TargetCount).Where(Fleet.IsEmpty).Select(Name)];
        Assert.Equal(bad, watch.Checked.Where(target => !target.IsWhole).Select(target => target.Target));
        Assert.Equal(bad.Length, failure.Faults.Length);
        Assert.All(failure.Faults, fault =>
        {
            Assert.Equal(FaultCode.TargetImageMissing, fault.Code);
            Assert.Contains($"{Tags} images", fault.Message, StringComparison.Ordinal);
            Assert.True(fault.Message.Length < 1000);
        });
        Assert.All(watch.Checked.Where(target => !target.IsWhole), target =>
        {
            Assert.Equal(Tags, target.FindingCount);
            Assert.Equal(1000, target.Findings.Length);
        });
        Assert.True(watch.Growth < 60_000_000, $"{watch.Growth} bytes more after {TargetCount} targets.");
        Assert.True(new FileInfo(folder.Combine("fleet.md")).Length < 200_000);
        Assert.Equal(TargetCount * (Tags + Repositories), fleet.Asked);
        Assert.Equal(0, fleet.Writes);
    }

    private static string Name(int target) => $"site{target}.example/mirror/ee";

    private static HaveFile Draw()
    {
        HaveRepositories repositories = new();
        for (int index = 0; index < Tags; index++)
        {
            Digest digest = Digest.OfSha256(Encoding.UTF8.GetBytes($"image {index}"));
            repositories.Add($"modules/module{index % Repositories}", $"v1.0.{index}", digest, [digest]);
        }

        return new HaveFile { Basis = HaveBasis.Receipt, Repositories = repositories.Build() };
    }

    /// <summary>Counts what is kept of the targets that are done.</summary>
    private sealed class Watch : IProgress<MirrorEvent>
    {
        private long _first;

        public List<CheckedTarget> Checked { get; } = [];

        public long Growth { get; private set; }

        public void Report(MirrorEvent value)
        {
            if (value is TargetChecked { Target: var target })
            {
                Checked.Add(target);
                long now = GC.GetTotalMemory(forceFullCollection: true);
                _first = Checked.Count == 1 ? now : _first;
                Growth = now - _first;
            }
        }
    }

    /// <summary>All registries of the fleet, without a network.</summary>
    private sealed class Fleet(HaveFile have)
    {
        private readonly Dictionary<string, string> _lists = have.Repositories.ToDictionary(
            repository => $"mirror/ee/{repository.Key}",
            repository => $$"""{"name":"x","tags":["{{string.Join("\",\"", repository.Value.Tags.Keys)}}"]}""");

        private readonly Dictionary<string, Digest> _tags = have.Images.ToDictionary(
            image => $"mirror/ee/{image.Path}/manifests/{image.Tag}", image => image.Digest);

        private int _asked;
        private int _writes;

        public int Asked => _asked;

        public int Writes => _writes;

        public static bool IsEmpty(int target) => target % 3 == 1;

        public HttpMessageHandler Connect() => new Line(this);

        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            string path = request.RequestUri!.AbsolutePath["/v2/".Length..];
            Interlocked.Increment(ref _asked);
            if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            {
                Interlocked.Increment(ref _writes);
            }

            bool isEmpty = IsEmpty(int.Parse(request.RequestUri.Host["site".Length..].Split('.')[0], null));
            HttpResponseMessage answer = new(HttpStatusCode.OK) { RequestMessage = request };
            if (!isEmpty && path.EndsWith("/tags/list", StringComparison.Ordinal))
            {
                answer.Content = new StringContent(_lists[path[..^"/tags/list".Length]]);
            }
            else if (!isEmpty && _tags.TryGetValue(path, out Digest digest))
            {
                answer.Headers.Add("Docker-Content-Digest", $"{digest}");
            }
            else
            {
                answer.StatusCode = HttpStatusCode.NotFound;
                answer.Content = new StringContent("""{"errors":[{"code":"NAME_UNKNOWN"}]}""");
            }

            return answer;
        }

        private sealed class Line(Fleet fleet) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(fleet.Answer(request));
        }
    }
}
