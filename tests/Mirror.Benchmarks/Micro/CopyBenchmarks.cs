using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using Mirror.Engine;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Micro;

/// <summary>
/// One blob from memory to its place in a file: what the engine does, against hash and write in their plainest forms,
/// whole and in pieces, and against a copy without a hash. The engine's way also counts, keeps a journal and flushes in
/// the background.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The cleanup, which BenchmarkDotNet calls, disposes.")]
public class CopyBenchmarks
{
    /// <summary>As large as the engine's own.</summary>
    private const int PieceBytes = 256 * 1024;

    private MicroFolder? _folder;
    private SafeFileHandle? _file;
    private FolderClaim? _claim;
    private PreparedBundle? _prepared;
    private BundleWriter? _writer;
    private byte[] _content = [];
    private PlannedBlob? _blob;
    private BlobJob? _job;

    [Params(4096, 16 * 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _content = new byte[Bytes];
        SeededBytes.Fill(1, 0, _content);
        _folder = new MicroFolder();
        _file = File.OpenHandle(
            _folder.PathOf("plain"), FileMode.CreateNew, FileAccess.ReadWrite, preallocationSize: Bytes);
        Digest digest = Digest.OfSha256(_content);
        ImageContent image = new(
            "deckhouse/ee",
            "v1",
            [new Manifest(new Descriptor(MediaType.OciManifest, Digest.OfSha256("{}"u8), 2))
            {
                Layers = [new Descriptor("layer", digest, Bytes)],
            }],
            "a benchmark");
        MirrorPlan plan = BundleLayout.WithSizes(
            MicroImages.Plan([new ArchiveContent("platform.tar", [new LayoutContent("", [image])])]));
        _blob = plan.Blobs.Single(blob => blob.Digest == digest);
        _claim = await FolderClaim.TakeAsync(
            new PhysicalDisk(), _folder.FullName, "a benchmark", TimeProvider.System, CancellationToken.None);
        _prepared = await PreparedBundle.PrepareAsync(_claim, plan, new BundleOptions(), TimeProvider.System);
        _writer = await BundleWriter.OpenAsync(_prepared, CancellationToken.None);
        _job = new BlobJob(
            new MemorySource(_content),
            new RepeatableSink(new BundleSink(_writer)),
            new ProgressMeter(Bytes, 1, "blobs", TimeProvider.System, EventSink.None),
            TimeProvider.System,
            new Random(1),
            EventSink.None);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _writer!.Dispose();
        _prepared!.Dispose();
        _claim!.Dispose();
        _file!.Dispose();
        _folder!.Dispose();
    }

    [Benchmark(Baseline = true, Description = "SHA256.HashData+RandomAccess.Write")]
    public byte[] HashThenWrite()
    {
        byte[] hash = SHA256.HashData(_content);
        RandomAccess.Write(_file!, _content, 0);
        return hash;
    }

    [Benchmark(Description = "IncrementalHash+RandomAccess.Write")]
    public byte[] HashAndWriteInPieces()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int offset = 0; offset < _content.Length; offset += PieceBytes)
        {
            ReadOnlySpan<byte> piece = _content.AsSpan(offset, Math.Min(PieceBytes, _content.Length - offset));
            hash.AppendData(piece);
            RandomAccess.Write(_file!, piece, offset);
        }

        return hash.GetHashAndReset();
    }

    [Benchmark(Description = "Stream.CopyTo")]
    public void CopyTo()
    {
        using MemoryStream content = new(_content, writable: false);
        using FileStream file = new(_folder!.PathOf("stream"), FileMode.OpenOrCreate, FileAccess.Write);
        content.CopyTo(file, PieceBytes);
    }

    [Benchmark(Description = "BlobJob")]
    public Task EngineAsync() => _job!.RunAsync(_blob!, CancellationToken.None);
}
