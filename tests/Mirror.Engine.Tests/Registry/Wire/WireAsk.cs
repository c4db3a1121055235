using System.Collections.Immutable;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Time;
using Mirror.Engine.Tests.Transfer;
using Mirror.Engine.Transfer;
using Mirror.TestKit.Files;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>What the table asks of a client, and its outcome as one word.</summary>
internal sealed class WireAsk(RegistryClient client, ManualTimeProvider clock, WirePosition position, EventSink events)
{
    private const string Repository = "app";
    private const string Tag = "v1";

    private static readonly TargetState Nothing = new(
        new MirrorPlan { Source = "", Archives = [] }, [], ImmutableDictionary<Digest, string>.Empty, []);

    public Task<string> RunAsync(string ask, CancellationToken token) => ask switch
    {
        "digest" => DigestAsync(token),
        "manifest" => ManifestAsync(Tag, token),
        "manifest-by-digest" => ManifestAsync(ManifestDigest.ToString(), token),
        "tags" => TagsAsync(token),
        "tags-twice" => TwiceAsync(TagsAsync, token),
        "blob" => BlobAsync(0, token),
        "blob-from-400" => BlobAsync(400, token),
        "copy" => CopyAsync(token),
        "copy-two-places" => CopyAsync(token, Repository, "second"),
        "has-blob" => WordAsync(client.HasBlobAsync(Repository, BlobDigest, Blob.Length, token)),
        "mount" => WordAsync(client.MountBlobAsync(Repository, BlobDigest, "from/here", token)),
        "check-write" => DoneAsync(client.CheckWriteAsync(Repository, token)),
        "write-manifest" => DoneAsync(client.WriteManifestAsync(
            Repository, Tag, ManifestBytes, ManifestType, ManifestDigest, token)),
        "push" => PushAsync(token),
        _ => throw new InvalidDataException($"Nobody can be asked for {ask}."),
    };

    private async Task<string> DigestAsync(CancellationToken token) =>
        await client.FindDigestAsync(Repository, Tag, token) switch
        {
            null => "absent",
            { } digest when digest == ManifestDigest => "manifest",
            { } digest => digest.ToString(),
        };

    private async Task<string> ManifestAsync(string target, CancellationToken token) =>
        await client.FindManifestAsync(Repository, target, token) is not { } manifest ? "absent"
            : manifest.Bytes.Span.SequenceEqual(ManifestBytes) ? "manifest"
            : $"{manifest.Bytes.Length} bytes";

    private async Task<string> TagsAsync(CancellationToken token) =>
        await client.FindTagsAsync(Repository, token) is { } tags ? string.Join(' ', tags) : "absent";

    private static async Task<string> TwiceAsync(Func<CancellationToken, Task<string>> ask, CancellationToken token) =>
        $"{await ask(token)} {await ask(token)}";

    private async Task<string> BlobAsync(int offset, CancellationToken token)
    {
        Stream content = await client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, offset, token);
        byte[] bytes = await ReadAllAsync(content);
        return bytes.AsSpan().SequenceEqual(Blob.AsSpan(offset)) ? "blob" : "other bytes";
    }

    private async Task<string> CopyAsync(CancellationToken token, params string[] repositories)
    {
        using TemporaryFolder folder = new();
        RegistrySource source = new(client, new BlobSpool(new PhysicalDisk(), folder.FullName));
        WireSink sink = new(position);
        PlannedBlob blob = new(
            BlobDigest, Blob.Length, false, repositories.Length > 0 ? [.. repositories] : [Repository]);
        await Job(source, sink).RunAsync(blob, token);
        return sink.Sealed is { } bytes && bytes.AsSpan().SequenceEqual(Blob) ? "blob" : "other bytes";
    }

    private async Task<string> PushAsync(CancellationToken token)
    {
        MemorySource source = MemorySource.InTurn(offset => new MemoryStream(Blob[(int)offset..]));
        RegistrySink sink = new(client, Nothing, static _ => null, 1, events);
        PlannedBlob blob = new(BlobDigest, Blob.Length, false, ["r"]) { Targets = [Repository] };
        await Job(source, sink).RunAsync(blob, token);
        return "done";
    }

    private BlobJob Job(IContentSource source, IContentSink sink) => new(
        source, sink, new ProgressMeter(Blob.Length, 1, "blobs", clock, events), clock, new Random(3), events);

    private static async Task<string> WordAsync(Task<bool> answer) => await answer ? "yes" : "no";

    private static async Task<string> DoneAsync(Task work)
    {
        await work;
        return "done";
    }
}
