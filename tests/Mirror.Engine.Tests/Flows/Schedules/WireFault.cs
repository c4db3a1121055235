using System.Globalization;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>What a registry does wrong with some of the requests.</summary>
/// <param name="Text">What it is, for people.</param>
/// <param name="Matches">The requests.</param>
/// <param name="Fault">What happens to them.</param>
/// <param name="Times">How often.</param>
internal sealed record WireFault(string Text, Func<RegistryRequest, bool> Matches, RegistryFault Fault, int Times)
{
    private const string Gone = "gone, if it is a blob";

    private static readonly int[] Statuses = [429, 500, 502, 503, 504];

    /// <summary>Draws some of one kind: only a stall has a gate that is its own, and is one rule each time.</summary>
    public static IEnumerable<WireFault> Of(Random random, ContentSet content)
    {
        (string target, Func<RegistryRequest, bool> matches, long size) = Target(random, content);
        int times = random.Next(10) < 8 ? random.Next(1, 4) : random.Next(10) < 3 ? 5 : int.MaxValue;
        (string kind, Func<RegistryFault> make) = Kind(random, size);
        if (kind == Gone)
        {
            Func<RegistryRequest, bool> all = matches;
            matches = request => request.IsBlob() && all(request);
        }

        bool isStall = kind.StartsWith("stall", StringComparison.Ordinal);
        string text = $"{target}: {kind}, {(times == int.MaxValue ? "always" : $"{times} times")}";
        return Enumerable.Range(0, isStall ? Math.Min(times, 6) : 1)
            .Select(_ => new WireFault(text, matches, make(), isStall ? 1 : times));
    }

    public override string ToString() => Text;

    private static (string Text, Func<RegistryRequest, bool> Matches, long Size) Target(
        Random random, ContentSet content)
    {
        RepositoryContent repository = content.Repositories[random.Next(content.Repositories.Count)];
        switch (random.Next(10))
        {
            case < 7 when repository.Blobs is { Count: > 0 } blobs:
                BlobContent blob = blobs[random.Next(blobs.Count)];
                return ($"blob {blob.Digest}", request => request.IsBlob(blob.Digest), blob.Size);
            case 7:
                return ($"manifests of {repository.Name}", request => request.IsManifest(repository.Name), 300);
            case 8:
                return ($"tags of {repository.Name}", request => request.IsTagList(repository.Name), 30);
            default:
                int part = random.Next(2, 12);
                int count = 0;
                return ($"each {part}th request", _ => Interlocked.Increment(ref count) % part == 0, 1000);
        }
    }

    private static (string Text, Func<RegistryFault> Make) Kind(Random random, long size)
    {
        long at = random.NextInt64(size + 1);
        int status = Statuses[random.Next(Statuses.Length)];
        string seconds = random.Next(1, 90).ToString(CultureInfo.InvariantCulture);
        return random.Next(12) switch
        {
            0 or 1 => ($"reset at byte {at}", () => new RegistryFault { CutBodyAfter = at }),
            2 => ("dropped", () => new RegistryFault { Drop = true }),
            3 => ($"status {status}", () => new RegistryFault { Status = status }),
            4 => ($"status {status}, Retry-After {seconds}", () => new RegistryFault
            {
                Status = status,
                Headers = new Dictionary<string, string> { ["Retry-After"] = seconds },
            }),
            5 or 6 => ($"wrong byte at {at}", () => new RegistryFault { CorruptByteAt = at }),
            7 => ($"ends at byte {at}", () => new RegistryFault { EndBodyAfter = at }),
            8 => ("stall before the answer", () => new RegistryFault { Gate = new RequestGate() }),
            9 => ($"stall at byte {at}", () => new RegistryFault { Gate = new RequestGate(), GateBodyAfter = at }),
            10 => ("refused", () => new RegistryFault { Status = 401, ErrorCode = "UNAUTHORIZED" }),

            // Of a tag or a list it would be an answer, and another plan.
            _ => (Gone, () => new RegistryFault { Status = 404, ErrorCode = "BLOB_UNKNOWN" }),
        };
    }
}
