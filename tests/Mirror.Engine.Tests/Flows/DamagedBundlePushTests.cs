using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;
using Fault = Mirror.Engine.Errors.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A damaged bundle publishes nothing, and the fault names the file and the item.</summary>
public sealed class DamagedBundlePushTests
{
    private const string Platform = "platform.tar";
    private const string Module = "module-console.tar";

    public static TheoryData<string, string, string, string> Damages => new()
    {
        { "truncated archive", FaultCode.ArchiveDamaged, Platform, "within an entry" },
        { "lost end mark", FaultCode.ArchiveDamaged, Platform, "without an end mark" },
        { "empty file", FaultCode.ArchiveDamaged, Platform, "end mark" },
        { "missing last chunk", FaultCode.ArchiveDamaged, "platform.tar (7 chunks)", "within an entry" },
        { "missing first chunk", FaultCode.ChunkMissing, Platform, "0000" },
        { "missing inner chunk", FaultCode.ChunkMissing, Platform, "0003" },
        { "both forms", FaultCode.ArchiveAmbiguous, Platform, "as one file and as 8 chunks" },
        { "byte in a layer", FaultCode.ContentDamaged, Module, "blobs/sha256/" },
        { "byte in an index", FaultCode.LayoutMalformed, Module, "'modules/console'" },
        { "byte in a tar header", FaultCode.ArchiveDamaged, Platform, "wrong checksum" },
        { "parent folder", FaultCode.ArchiveEntryRefused, Platform, "'../evil'" },
        { "absolute path", FaultCode.ArchiveEntryRefused, Platform, "'/index.json'" },
        { "symbolic link", FaultCode.ArchiveEntryRefused, Platform, "'blobs' is no regular file" },
        { "hard link", FaultCode.ArchiveEntryRefused, Platform, "'index.json' is no regular file" },
        { "wrong sum", FaultCode.GostSumWrong, Platform, "platform.tar.gostsum says" },
        { "missing sum", FaultCode.GostSumMissing, Platform, "platform.tar.gostsum is not there" },
        { "empty sum", FaultCode.GostSumMalformed, "platform.tar.gostsum", "64 hex digits" },
        { "missing archive", FaultCode.GostSumOrphan, "platform.tar.gostsum", "is not" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_push_fails_with_its_code_and_no_tag_reaches_the_target(
        string damage, string code, string file, string item)
    {
        using BundleCopy bundle = new("0.33", "platform", "module-console");
        Damage(bundle, damage);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        bool isAboutSums = damage == "missing archive" || damage.EndsWith("sum", StringComparison.Ordinal);
        run.Settings = run.Settings with { VerifyGost = isAboutSums };

        ImmutableArray<Fault> faults = await run.FailAsync();

        Fault fault = Assert.Single(faults, fault => fault.Code == code);
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains(item, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Advice);
        using RegistryReader reader = new(target.Host);
        Assert.Empty(await reader.ListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(target.Requests.Where(request => request.Method == "PUT" && request.IsManifest()));
        if (code != FaultCode.ContentDamaged)
        {
            Assert.DoesNotContain(target.Requests.All, record => record.Request.Method is "POST" or "PUT" or "PATCH");
        }
    }

    [Fact]
    public async Task All_damaged_archives_are_told_at_once()
    {
        using BundleCopy bundle = new("0.33", "platform", "module-console", "security");
        bundle.Truncate(Platform, 4096);
        bundle.Flip("security.tar", 0);
        bundle.Flip(Module, bundle.BodyOf(Module, "modules/console/index.json"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        ImmutableArray<Fault> faults = await new PushRun(target.Host, bundle.Folder).FailAsync();

        Assert.Equal(
            [Module, Platform, "security.tar"],
            faults.Select(fault => fault.Message.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Empty(target.Requests.All);
    }

    private static void Damage(BundleCopy bundle, string damage)
    {
        switch (damage)
        {
            case "truncated archive":
                bundle.Truncate(Platform, 4096);
                break;
            case "lost end mark":
                bundle.Truncate(Platform, 1024);
                break;
            case "empty file":
                File.WriteAllBytes(bundle.PathOf(Platform), []);
                break;
            case "missing last chunk":
                File.Delete(bundle.PathOf(BundleCopy.ChunkOf(Platform, bundle.Split(Platform, 100_000) - 1)));
                break;
            case "missing first chunk":
                bundle.Split(Platform, 100_000);
                File.Delete(bundle.PathOf(BundleCopy.ChunkOf(Platform, 0)));
                break;
            case "missing inner chunk":
                bundle.Split(Platform, 100_000);
                File.Delete(bundle.PathOf(BundleCopy.ChunkOf(Platform, 3)));
                break;
            case "both forms":
                byte[] whole = File.ReadAllBytes(bundle.PathOf(Platform));
                bundle.Split(Platform, 100_000);
                File.WriteAllBytes(bundle.PathOf(Platform), whole);
                break;
            case "byte in a layer":
                bundle.Flip(Module, bundle.LargestBlob(Module).Offset + 7);
                break;
            case "byte in an index":
                bundle.Flip(Module, bundle.BodyOf(Module, "modules/console/index.json"));
                break;
            case "byte in a tar header":
                bundle.Flip(Platform, 30);
                break;
            case "parent folder":
                bundle.Prepend(Platform, "../evil", '0');
                break;
            case "absolute path":
                bundle.Prepend(Platform, "/index.json", '0');
                break;
            case "symbolic link":
                bundle.Prepend(Platform, "blobs", '2', "/etc");
                break;
            case "hard link":
                bundle.Prepend(Platform, "index.json", '1', "/etc/passwd");
                break;
            case "wrong sum":
                File.WriteAllText(bundle.PathOf("platform.tar.gostsum"), new string('0', 64));
                break;
            case "missing sum":
                File.Delete(bundle.PathOf("platform.tar.gostsum"));
                break;
            case "empty sum":
                File.WriteAllText(bundle.PathOf("platform.tar.gostsum"), "");
                break;
            case "missing archive":
                File.Delete(bundle.PathOf(Platform));
                break;
            default:
                throw new ArgumentException(damage, nameof(damage));
        }
    }
}
