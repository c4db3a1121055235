using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// Any bundle in a folder with any other files, and after any push that failed: what is in its archives is published,
/// and nothing else.
/// </summary>
public sealed class SeededFolderTests : IDisposable
{
    private const string Target = "mirror/ee";

    /// <summary>Other files, and the code that names each (docs/bundle-format.md#what-may-be-in-the-folder).</summary>
    private static readonly ImmutableArray<(string Name, string? Code)> Strays =
    [
        ("README.md", null),
        ("notes.txt", null),
        ("push.sh", null),
        ("mirror.proj", null),
        ("index.json", null),
        ("oci-layout", null),
        ("data.bin", null),
        (".hidden", null),
        ("blobs/sha256/0123", null),
        ("photos/one.png", null),
        ("tmp/index.json", null),
        ("files.zip", FaultCode.PossibleArchives),
        ("disk.iso", FaultCode.PossibleArchives),
        ("old/platform.tar", FaultCode.PossibleArchives),
        ("copy of security.tar", FaultCode.ArchiveNameUnknown),
        ("installer.tar.bak", FaultCode.ArchiveNameUnknown),
        ("module-other", FaultCode.ArchiveNameUnknown),
        ("module-late.tar.part", FaultCode.BundleUnfinished),
        ("module-late.tar.tmp", FaultCode.BundleUnfinished),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    private string Bundle => _folder.Combine("bundle");

    private string Tmp => _folder.Combine("tmp");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Foreign_files_are_left_alone_and_one_that_could_be_an_archive_stops_the_push(int seed)
    {
        DrawnBundle bundle = new(new Random(seed), "bundle");
        bundle.Write(Bundle);
        (string Name, string? Code)[] strays = Draw(seed);
        Array.ForEach(strays, stray => Write(Path.Combine(Bundle, stray.Name), stray.Name));
        (string, string)[] before = [.. Files(_folder.FullName)];
        await using TestRegistry registry = await PushRun.StartTargetAsync();
        PushRun push = new(registry.Host, Bundle);
        (string Name, string? Code)[] refused = [.. strays.Where(IsRefused)];

        ImmutableArray<Fault> told = refused.Length > 0 ? await push.FailAsync() : (await push.PushAsync()).Warnings;

        Assert.Equal(refused.Length > 0 ? [] : bundle.References(Target, "mirror"), DrawnBundle.Published(registry));
        Assert.Equal(before, Files(_folder.FullName));
        Assert.Equal(
            (refused.Length > 0 ? refused : strays).Select(stray => stray.Code).OfType<string>()
                .Concat(refused.Length > 0 ? [] : [FaultCode.PlainHttpUsed]).Distinct().Order(StringComparer.Ordinal),
            told.Select(fault => fault.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            (refused.Length > 0 ? refused : strays).Where(stray => stray.Code is not null),
            stray => Assert.Contains(told, fault => fault.Code == stray.Code
                && fault.Message.Contains(stray.Name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_push_publishes_nothing_that_a_failed_one_left(int seed)
    {
        Random random = new(seed);
        DrawnBundle failing = new(random, "failing");
        DrawnBundle next = new(random, "next");
        failing.Write(_folder.Combine("failing"));
        next.Write(Bundle);
        Write(Path.Combine(Tmp, "index.json"), """{"schemaVersion":2,"manifests":[]}""");
        failing.Write(Path.Combine(Tmp, "push"));
        await using TestRegistry registry = await PushRun.StartTargetAsync();
        await FailAsync(registry, random, failing.Tags.Count);
        HashSet<string> left = [.. registry.Content.Dump().Where(entry => entry.Tag is not null)
            .Select(entry => $"{entry.Repository}:{entry.Tag}@{entry.Digest}")];
        (string, string)[] before = [.. Files(_folder.FullName)];

        await Push(registry, Bundle).PushAsync();

        Assert.Equal(
            next.References(Target, "mirror"),
            registry.Content.Dump().Where(entry => entry.Tag is not null)
                .Where(entry => !left.Contains($"{entry.Repository}:{entry.Tag}@{entry.Digest}"))
                .Select(entry => $"{entry.Repository}:{entry.Tag}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(before, Files(_folder.FullName));
    }

    [Fact]
    public void The_seeds_reach_folders_that_are_taken_and_folders_that_are_refused()
    {
        (string Name, string? Code)[][] all = [.. Seeds.Select(row => Draw(row.Data))];

        Assert.InRange(all.Count(strays => strays.Any(IsRefused)), 8, all.Length - 8);
        Assert.All(Strays, stray => Assert.Contains(all, strays => strays.Contains(stray)));
    }

    /// <summary>Pushes another bundle, and fails at a blob or at a tag of it.</summary>
    private async Task FailAsync(TestRegistry registry, Random random, int tags)
    {
        bool isBlob = random.Next(2) == 0;
        int passed = random.Next(tags);
        FaultRule rule = registry.Faults.Add(
            request => request.Method == "PUT" && (isBlob ? request.IsUpload() : request.IsManifest())
                && Interlocked.Decrement(ref passed) < 0,
            new RegistryFault { Status = 400, ErrorCode = "DENIED" });
        await Push(registry, _folder.Combine("failing")).FailAsync();
        registry.Faults.Remove(rule);
    }

    private PushRun Push(TestRegistry registry, string folder)
    {
        PushRun push = new(registry.Host, folder) { Time = new ManualTimeProvider() };
        push.Settings = push.Settings with { TmpDirectory = Tmp };
        return push;
    }

    private static bool IsRefused((string Name, string? Code) stray) =>
        stray.Code is FaultCode.ArchiveNameUnknown or FaultCode.BundleUnfinished;

    /// <summary>Harmless files for every second seed, others as well for the rest.</summary>
    private static (string Name, string? Code)[] Draw(int seed)
    {
        Random random = new(seed);
        return [.. Strays.Where(stray => random.Next(3) == 0 && (seed % 2 == 0 || !IsRefused(stray)))];
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static IEnumerable<(string Path, string Content)> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (path, Encoding.Latin1.GetString(File.ReadAllBytes(path))));
}
