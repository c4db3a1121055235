using System.Text.RegularExpressions;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.House;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about sum files in a folder: which files have one, what is told, and what rhash says.</summary>
public sealed class GostFileCasesTests : IDisposable
{
    /// <summary>The first message of RFC 6986, in the order of memory: the cases give its sum.</summary>
    private const string Message = "012345678901234567890123456789012345678901234567890123456789012";

    private static readonly string[] Folders = ["docs/", "src/", "examples/"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gostsum-not-for-yaml")]
    [InlineData("gostsum-not-for-tmp")]
    [InlineData("gostsum-not-recursive-self")]
    public async Task Only_files_of_archives_have_sums(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string file = _folder.Combine(SpecCase.Text(spec.Input, "file")!);
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { GostDigest = true };

        // The second run finds everything there, sums included.
        await run.PullAsync();
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, "left by d8", Cancellation);
        }

        await run.PullAsync();

        Assert.True(File.Exists(_folder.Combine("platform.tar.gostsum")));
        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Wanted, "checksumFile")!,
            File.Exists(file + ".gostsum") ? Path.GetFileName(file) + ".gostsum" : "null");
    }

    [Theory]
    [InlineData("gostsum-missing")]
    [InlineData("gostsum-orphan")]
    public async Task An_archive_without_a_sum_and_a_sum_without_an_archive_are_told(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BundleCopy bundle = new("0.33", "security");
        foreach (string file in SpecCase.Strings(spec.Input, "files"))
        {
            await File.WriteAllTextAsync(bundle.PathOf(file), Message, Cancellation);
        }

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle.Folder));

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "reported")!,
            Assert.Single(failure.Faults).Code switch
            {
                FaultCode.GostSumMissing => "archive without checksum",
                FaultCode.GostSumOrphan => "checksum without archive",
                var other => other,
            });
    }

    [Theory]
    [InlineData("gostsum-push-ignores")]
    public async Task A_push_has_an_option_to_check_the_sums(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(bundle.PathOf("security.tar.gostsum"), new string('0', 64), Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { VerifyGostDigest = SpecCase.Any(spec.Wanted, "verifyOption") == "True" };

        string code = Assert.Single(await run.FailAsync()).Code;

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "error")!,
            code == FaultCode.GostSumWrong ? "checksum-mismatch" : code);
        Assert.Empty(target.UploadedBlobs);
    }

    [Theory]
    [InlineData("tool-rhash-check", false)]
    [InlineData("tool-rhash-tampered", true)]
    public async Task Rhash_checks_a_sum_file_as_it_is(string id, bool isChanged)
    {
        string rhash = RealPart.OrSkip("rhash");
        SpecCase spec = CaseFile.Push[id];
        string archive = _folder.Combine("platform.tar");
        await File.WriteAllTextAsync(archive, Message, Cancellation);
        string sum = SumOf(archive);
        Assert.Equal(SpecCase.Text(spec.Input, "checksumText"), sum);
        await File.WriteAllTextAsync(archive + ".gostsum", sum, Cancellation);
        if (isChanged)
        {
            await File.AppendAllTextAsync(archive, "!", Cancellation);
        }

        ToolResult result = await Tool.RunAsync(
            rhash, ["--gost12-256", "-c", archive + ".gostsum"], Cancellation);

        CaseFile.Check(
            spec, SpecCase.Any(spec.Wanted, "exit")!, result.ExitCode == 0 ? "0" : "1");
        Assert.Equal(isChanged, await Record.ExceptionAsync(() => VerifyAsync(_folder.FullName)) is not null);
    }

    [Theory]
    [InlineData("tool-rhash-empty")]
    public async Task An_empty_sum_is_a_failure(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(
            bundle.PathOf("security.tar.gostsum"), SpecCase.Text(spec.Input, "checksumText"), Cancellation);

        Exception? failure = await Record.ExceptionAsync(() => VerifyAsync(bundle.Folder));

        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "exit")!, failure is MirrorException ? "non-zero" : "0");
    }

    /// <summary>
    /// One checks nothing and says that all is well, the other computes the older algorithm: no text of ours may tell
    /// somebody to use them.
    /// </summary>
    [Theory]
    [InlineData("tool-gost12sum-bare")]
    [InlineData("tool-gostsum-94")]
    public void The_documentation_names_no_command_that_checks_nothing(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string command = SpecCase.Text(spec.Input, "tool")!.Split(" (")[0];
        Regex mentioned = new(
            $@"(^|[^\w.]){Regex.Escape(command)}($|\W)", RegexOptions.NonBacktracking | RegexOptions.Multiline);
        string[] texts =
        [
            .. RepositoryTree.AllFiles().Where(name =>
                name.EndsWith(".md", StringComparison.Ordinal)
                && (!name.Contains('/', StringComparison.Ordinal)
                    || Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))))
                .Select(RepositoryTree.PathOf),
        ];

        Assert.Matches(mentioned, $"Run `{command}` to check.");
        Assert.Equal("avoid in documentation", spec.Required.GetString());
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotMatch(mentioned, File.ReadAllText(text)));
    }

    public void Dispose() => _folder.Dispose();

    private static string SumOf(string file) => Streebog.ComputeHex(File.ReadAllBytes(file));

    private static Task<GostReport> VerifyAsync(string folder) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).VerifyGostDigestAsync(
            new MirrorVerifyGostDigestSettings { BundleDirectory = folder }, null, Cancellation);
}
