using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about how a push ends, what it leaves alone, and whether the names of folders matter.</summary>
public sealed class PushOutcomeCasesTests
{
    private const string Leftover = "bundle/.tmp/mirror/push/unified/modules/old/index.json";

    public static TheoryData<string> Exits { get; } = CaseFile.Push.Ids(spec => spec.Kind == "exit");

    /// <summary>A verb that throws fails the build, and a failed build exits with 1.</summary>
    [Theory]
    [MemberData(nameof(Exits))]
    public async Task A_push_ends_as_the_case_says_and_touches_no_file(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        Draw(folder, "bundle");
        Write(folder, "user/unrelated.txt");
        Write(folder, Leftover);
        if (id == "exit-unpack-failure")
        {
            Write(folder, "bundle/module-broken.tar");
        }

        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, folder.Combine("bundle"));
        run.Settings = run.Settings with { TmpDirectory = folder.Combine("user") };
        using CancellationTokenSource user = new();
        string[] before = Listing(folder);
        if (spec.Input.TryGetProperty("signal", out _))
        {
            await user.CancelAsync();
        }

        if (id is "exit-push-error" or "exit-module-failure-old")
        {
            target.Faults.Add(
                request => request.Method == "PUT", new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        }

        Exception? failure = await Record.ExceptionAsync(() => run.PushAsync(user.Token));

        string exit = failure is MirrorException or OperationCanceledException ? "1" : "0";
        Assert.Equal(before, Listing(folder));
        Assert.Equal(exit == "0", target.Dump().Any(image => image.Tag is not null));
        Assert.False(target.Content.TryGetRepository("mirror/ee/modules/old", out _));
        Assert.Equal(user.IsCancellationRequested, failure is OperationCanceledException);
        string wanted = SpecCase.Any(spec.Wanted, "exit") ?? "0";
        CaseFile.Check(
            spec, wanted.StartsWith("non-zero", StringComparison.Ordinal) ? "1" : wanted, exit);
    }

    [Theory]
    [InlineData("route-relative-module-dir")]
    [InlineData("route-relative-module-tmp")]
    [InlineData("route-absolute-module-dir")]
    public async Task No_name_of_a_folder_moves_an_image(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        string bundle = Path.GetFileName(SpecCase.Text(spec.Input, "bundlePath")) ?? "bundle";
        Draw(folder, bundle);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, folder.Combine(bundle));
        run.Settings = run.Settings with { TmpDirectory = folder.Combine("module-tmp") };

        await run.PushAsync();

        CaseFile.CheckSet(
            spec,
            SpecCase.Any(spec.Wanted, "normalRouting") == "True"
                ? ["mirror/ee/install", "mirror/ee/modules", "mirror/ee/modules/console"] : [],
            target.Dump().Where(image => image.Tag is not null).Select(image => image.Repository).Distinct());
    }

    [Theory]
    [InlineData("disc-index-second-push")]
    public async Task A_second_push_leaves_the_names_as_they_are(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        Draw(folder, "bundle");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();
        var first = target.Dump();
        target.Requests.Clear();

        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();

        string[] methods = [.. target.Requests.Where(request => request.IsManifest())
            .Select(record => record.Request.Method).Distinct()];
        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Wanted, "digestChanges")} {SpecCase.Text(spec.Wanted, "requests")}",
            $"{!first.SequenceEqual(target.Dump())} {string.Join(' ', methods)} only");
    }

    private static void Draw(TemporaryFolder folder, string bundle)
    {
        Directory.CreateDirectory(folder.Combine(bundle));
        new DrawnArchive().Layout("install/", ("v1.69.0", "install")).Write(folder.Combine(bundle, "platform.tar"));
        new DrawnArchive().Layout("modules/console/", ("v1.0.0", "console"))
            .Write(folder.Combine(bundle, "module-console.tar"));
    }

    private static void Write(TemporaryFolder folder, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(file))!);
        File.WriteAllText(folder.Combine(file), "x");
    }

    private static string[] Listing(TemporaryFolder folder) =>
    [
        .. Directory.GetFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal),
    ];
}
