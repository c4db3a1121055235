using System.Security.Cryptography;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// A project that mirrors two modules of the miniature source, whose channels a test moves, with a lock; and an empty
/// target.
/// </summary>
internal sealed class LockJob : IAsyncDisposable
{
    private readonly PlainProjects _projects;
    private readonly ContentSet _content;
    private readonly string _name;
    private readonly string _file;

    private LockJob(PlainProjects projects, string name, ContentSet content, TestRegistry source, TestRegistry target)
    {
        _projects = projects;
        _name = name;
        _content = content;
        Source = source;
        Target = target;
        _file = projects.Write(name, $"""
              <PropertyGroup>
                <D8MirrorSource>{source.Host}/deckhouse/ee</D8MirrorSource>
                <D8MirrorTarget>{target.Host}/mirror/ee</D8MirrorTarget>
                <D8MirrorInsecure>true</D8MirrorInsecure>
                <D8MirrorLockFile>{name}.lock.json</D8MirrorLockFile>
                <D8MirrorTmpDir>{name}.tmp</D8MirrorTmpDir>
                <D8MirrorNoPlatform>true</D8MirrorNoPlatform>
                <D8MirrorNoSecurityDb Condition="'$(D8MirrorNoSecurityDb)' == ''">true</D8MirrorNoSecurityDb>
                <D8MirrorNoPackages>true</D8MirrorNoPackages>
                <D8MirrorNoInstaller>true</D8MirrorNoInstaller>
                <D8MirrorNoPlugins>true</D8MirrorNoPlugins>
                <D8MirrorNoDeckhouseCli>true</D8MirrorNoDeckhouseCli>
              </PropertyGroup>
              <ItemGroup>
                <D8MirrorIncludeModule Include="console;neuvector" />
                <D8MirrorLockUpdate Include="$(Parts)" />
              </ItemGroup>
              <Target Name="CheckAndList">
                <CallTarget Targets="D8MirrorCheck" ContinueOnError="ErrorAndContinue" />
                <CallTarget Targets="List" />
              </Target>
              <Target Name="List">
                <Message Importance="high" Text="listed: @(D8MirrorMissing)" />
              </Target>
            """);
    }

    public TestRegistry Source { get; }

    public TestRegistry Target { get; }

    /// <summary>The full path of the lock.</summary>
    public string LockFile => _projects.Combine($"{_name}.lock.json");

    public static async Task<LockJob> StartAsync(PlainProjects projects, string name)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ContentSet content = DeckhouseMini.Load();
        return new LockJob(
            projects,
            name,
            content,
            await TestRegistry.StartAsync(new TestRegistryOptions { Content = content }, cancellation),
            await TestRegistry.StartAsync(cancellationToken: cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }

    /// <summary>The source releases: the channel stable of a module becomes what alpha is.</summary>
    public void Release(string module)
    {
        RepositoryContent channels = _content.Repository($"deckhouse/ee/modules/{module}/release");
        Assert.True(channels.TryGetManifest("alpha", out StoredManifest? newest));
        channels.AddManifest(newest, "stable");
    }

    /// <summary>The path of something of this project's own.</summary>
    public string Combine(string name) => _projects.Combine($"{_name}.{name}");

    /// <summary>The argument for a bundle of this project.</summary>
    public string Bundle(string bundle) => $"-p:D8MirrorBundleDirectory={Combine(bundle)}";

    public Task<DotNetRun> BuildAsync(string targets, params string[] arguments) =>
        BuildAsync(targets, [], arguments);

    public Task<DotNetRun> BuildAsync(
        string targets, IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments) =>
        _projects.BuildAsync(
            _file, variables, static _ => { }, [$"-t:{targets}", "-tl:off", "-nodeReuse:false", .. arguments]);

    public async Task<DotNetRun> SucceedAsync(string targets, params string[] arguments)
    {
        DotNetRun build = await BuildAsync(targets, arguments);
        Assert.True(build.ExitCode == 0, build.Output);
        return build;
    }

    /// <summary>The one error of a failed build.</summary>
    public async Task<string> FailAsync(string targets, params string[] arguments)
    {
        DotNetRun build = await BuildAsync(targets, arguments);
        Assert.True(build.ExitCode == 1, build.Output);
        return Assert.Single(build.DistinctLinesWith(": error "));
    }

    /// <summary>The files of a bundle with their hashes; the lock that a locked pull puts beside them apart.</summary>
    public SortedDictionary<string, string> Files(string bundle, bool withLock = true) => new(
        Directory.GetFiles(Combine(bundle))
            .Where(file => !Path.GetFileName(file).StartsWith(".d8mirror", StringComparison.Ordinal))
            .Where(file => withLock || Path.GetExtension(file) == ".tar")
            .ToDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
