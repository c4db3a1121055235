using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A folder with archives of a case, verified and pushed; its answer in the words of the case file.</summary>
internal sealed class BadArchiveRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadArchiveRun() => Directory.CreateDirectory(_folder.Combine("bundle"));

    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public IReadOnlyList<Fault> Warnings { get; private set; } = [];

    /// <summary>The tags that the target has after the push, below its path.</summary>
    public IReadOnlyList<SourceReference> Images { get; private set; } = [];

    /// <summary>How many manifests were written, children among them.</summary>
    public int ManifestWrites { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string PathOf(string archive) => _folder.Combine("bundle", archive);

    /// <summary>What a case wants: <c>True</c>, or <c>False</c> and the code of its error.</summary>
    public static string Expected(SpecCase spec)
    {
        bool isWhole = spec.Wanted.TryGetProperty("ok", out var ok) && ok.GetBoolean();
        return isWhole ? "True" : $"False {CodeOf(SpecCase.Text(spec.Wanted, "error"))}";
    }

    /// <summary>Verifies and pushes; nothing may be written anywhere, and nothing pushed when it fails.</summary>
    public async Task<string> AnswerAsync()
    {
        string[] before = Listing();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun push = new(target.Host, _folder.Combine("bundle"));
        IReadOnlyList<Fault> refusals = [];
        try
        {
            Warnings = (await VerifyAsync()).Warnings;
        }
        catch (MirrorException failure)
        {
            Faults = failure.Faults;
        }

        if (Faults.Count == 0)
        {
            await push.PushAsync();
        }
        else
        {
            refusals = await push.FailAsync();
        }

        Assert.Equal(before, Listing());
        Assert.Equal(Codes(Faults), Codes(refusals));
        using RegistryReader reader = new(target.Host);
        Images = [.. (await reader.ListAsync(Cancellation))
            .Select(tag => tag with { Repository = tag.Repository["mirror/ee/".Length..] })];
        ManifestWrites = target.Requests.Where(request => request.Method == "PUT" && request.IsManifest()).Count;
        Assert.Equal(Faults.Count == 0, Images.Count > 0);
        Assert.Equal(Faults.Count == 0, ManifestWrites > 0);
        return Faults.Count == 0 ? "True" : $"False {Codes(Faults)}";
    }

    public void Dispose() => _folder.Dispose();

    private Task<MirrorReport> VerifyAsync() =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.Combine("bundle") }, null, Cancellation);

    private string[] Listing() =>
    [
        .. Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal),
    ];

    private static string Codes(IEnumerable<Fault> faults) =>
        string.Join(' ', faults.Select(fault => fault.Code).Distinct().Order(StringComparer.Ordinal));

    private static string CodeOf(string? error) => error switch
    {
        "path-traversal" or "absolute-path" or "path-characters" or "path-grammar" or "path-conflict" or "entry-type"
            or "duplicate-entry" => FaultCode.ArchiveEntryRefused,
        "corrupt-header" or "truncated" or "missing-end-marker" or "empty-archive" => FaultCode.ArchiveDamaged,
        "index-json" or "digest-grammar" or "media-type-mismatch" => FaultCode.LayoutMalformed,
        "missing-blob" or "size-mismatch" => FaultCode.ContentMissing,
        "digest-mismatch" => FaultCode.ContentDamaged,
        _ => $"(no code for {error})",
    };
}
