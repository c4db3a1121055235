using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// A clone of a repository with the files of <c>examples/ci</c>, its bare origin, the miniature source, and a stand-in
/// for the CLI of each CI system: it records its arguments, and the text that a file among them holds.
/// </summary>
internal sealed class LockNights : IAsyncDisposable
{
    private const string StandIn = """
        #!/bin/sh
        {
          printf '%s' "$(basename "$0")"
          for argument; do printf ' <%s>' "$argument"; done
          echo
          for argument; do if [ -f "$argument" ]; then cat "$argument"; fi; done
        } >>"$STAND_IN/calls"
        case " $* " in *' list '*) cat "$STAND_IN/open" ;; esac
        """;

    private readonly ConsumerProject _project;
    private readonly ContentSet _content;
    private readonly TestRegistry _source;
    private readonly DirectoryInfo _standIn = Directory.CreateTempSubdirectory("mirror-stand-in-");

    private LockNights(ConsumerProject project, ContentSet content, TestRegistry source)
    {
        _project = project;
        _content = content;
        _source = source;
    }

    private string Origin => Path.Combine(_standIn.FullName, "origin.git");

    public static async Task<LockNights> StartAsync(PackedPackage package)
    {
        ContentSet content = DeckhouseMini.Load();
        LockNights nights = new(
            ConsumerProject.Copy(package, "ci"),
            content,
            await TestRegistry.StartAsync(
                new TestRegistryOptions { Content = content }, TestContext.Current.CancellationToken));
        foreach (string name in new[] { "gh", "glab", "az" })
        {
            string file = Path.Combine(nights._standIn.FullName, name);
            await File.WriteAllTextAsync(file, StandIn + "\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await nights.GitAsync("init", "--quiet", "--initial-branch=main");
        await nights.GitAsync("init", "--quiet", "--bare", nights.Origin);
        await nights.GitAsync("remote", "add", "origin", nights.Origin);
        await File.WriteAllTextAsync(
            Path.Combine(nights._project.Folder, ".gitignore"),
            "bin/\nobj/\nreports/\n",
            TestContext.Current.CancellationToken);
        await nights.GitAsync("add", ".");
        await nights.CommitAsync("Mirror");
        return nights;
    }

    public async ValueTask DisposeAsync()
    {
        _project.Dispose();
        _standIn.Delete(recursive: true);
        await _source.DisposeAsync();
    }

    /// <summary>The source releases: the channel stable becomes what alpha is.</summary>
    public void Release()
    {
        RepositoryContent channels = _content.Repository("deckhouse/ee/release-channel");
        Assert.True(channels.TryGetManifest("alpha", out StoredManifest? newest));
        channels.AddManifest(newest, "stable");
    }

    /// <summary>Runs the script on the main branch, and gives what the stand-ins were called with.</summary>
    /// <param name="system">The CI system.</param>
    /// <param name="open">What its CLI says of pull requests that are open.</param>
    public async Task<string> RunAsync(string system, string open)
    {
        string calls = Path.Combine(_standIn.FullName, "calls");
        await File.WriteAllTextAsync(calls, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(_standIn.FullName, "open"), open, TestContext.Current.CancellationToken);
        await GitAsync("switch", "--quiet", "main");
        DotNetRun run = await _project.RunScriptAsync(
            ["./lock.sh", system],
            [
                new("PATH", $"{_standIn.FullName}:{Environment.GetEnvironmentVariable("PATH")}"),
                new("STAND_IN", _standIn.FullName),
            ],
            $"-p:D8MirrorSource={_source.Host}/deckhouse/ee",
            "-p:D8MirrorInsecure=true");
        Assert.True(run.ExitCode == 0, run.Output);
        return await File.ReadAllTextAsync(calls, TestContext.Current.CancellationToken);
    }

    /// <summary>Merges what the job pushed, as an approval does.</summary>
    public async Task ApproveAsync()
    {
        await GitAsync("switch", "--quiet", "main");
        await GitAsync("merge", "--quiet", "--ff-only", "mirror-lock");
        await GitAsync("push", "--quiet", "origin", "main");
    }

    /// <summary>What a branch of the origin has; empty: no such file or branch.</summary>
    public async Task<string> ShowAsync(string branch, string file)
    {
        ToolResult shown = await Tool.RunAsync(
            "git", ["--git-dir", Origin, "show", $"{branch}:{file}"], TestContext.Current.CancellationToken);
        return shown.ExitCode == 0 ? System.Text.Encoding.UTF8.GetString(shown.Output) : "";
    }

    /// <summary>The titles of the commits of a branch of the origin that main does not have.</summary>
    public async Task<string> LogAsync(string branch) => System.Text.Encoding.UTF8.GetString((await Tool.RunAsync(
        "git", ["--git-dir", Origin, "log", "--format=%s", $"main..{branch}"], TestContext.Current.CancellationToken))
        .Output).Trim();

    private async Task CommitAsync(string title)
    {
        await GitAsync(
            "-c", "user.name=tester", "-c", "user.email=tester@localhost", "commit", "--quiet", "-m", title);
        await GitAsync("push", "--quiet", "origin", "main");
    }

    private async Task GitAsync(params string[] arguments)
    {
        ToolResult git = await Tool.RunAsync(
            "git", ["-C", _project.Folder, .. arguments], TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {git.Errors}");
    }
}
