using System.Text;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// One build that pulls with GOST sums, verifies, pushes into an empty registry, pushes again, and syncs into another
/// one, at the most talkative that MSBuild and the mirror can be; after each target the project writes what it was
/// given into a file. Each registry asks for a secret of its own, and each comes from another place: the pull's is a
/// licence in a variable, the push's is in Docker's file, the sync's are in variables, one named by the project.
/// </summary>
public sealed class WholeJob : IAsyncLifetime
{
    public const string Edition = "mirror/ee";
    public const string Licence = "canary-licence-4be8";
    public const string DockerPassword = "canary-docker-0d15";
    public const string SourcePassword = "canary-source-2f60";
    public const string TargetPassword = "canary-target-91c7";

    private const string Content = $"""
          <PropertyGroup>
            <D8MirrorBundleDirectory>bundle</D8MirrorBundleDirectory>
            <D8MirrorGostDigest>true</D8MirrorGostDigest>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorSource>$(SourceHost)/deckhouse/ee</D8MirrorSource>
            <D8MirrorTarget>$(TargetHost)/{Edition}</D8MirrorTarget>
            <PushName Condition="'$(PushName)' == ''">push</PushName>
          </PropertyGroup>
          <Target Name="ShowPull" DependsOnTargets="D8MirrorPull">
            <WriteLinesToFile
              File="pull.txt"
              Lines="@(D8MirrorArchive->'%(Filename)%(Extension) %(Size) %(GostDigest)')" />
          </Target>
          <Target Name="ShowVerify" DependsOnTargets="D8MirrorVerify">
            <WriteLinesToFile File="verify.txt" Lines="@(D8MirrorArchive->'%(Filename)%(Extension) %(Size)')" />
            <WriteLinesToFile File="verified.txt" Lines="@(D8MirrorImage->'%(Archive) %(Digest)')" />
          </Target>
          <Target Name="ShowGost" DependsOnTargets="VerifyGostDigest">
            <WriteLinesToFile
              File="gost.txt"
              Lines="@(D8MirrorArchive->'%(Filename)%(Extension) %(Size) %(GostDigest)')" />
          </Target>
          <Target Name="ShowPush" DependsOnTargets="D8MirrorPush">
            <WriteLinesToFile
              File="$(PushName).txt"
              Lines="$(D8MirrorPushedCount) $(D8MirrorAlreadyThereCount) $(D8MirrorSentBytes)" />
            <WriteLinesToFile
              File="$(PushName)-images.txt"
              Lines="@(D8MirrorImage->'%(Repository) %(Tag) %(Digest)')" />
            <WriteLinesToFile
              File="$(PushName)-repositories.txt"
              Lines="@(D8MirrorRepository->'%(Identity) %(Pushed) %(AlreadyThere)')" />
          </Target>
          <Target Name="ShowSync" DependsOnTargets="D8MirrorSync">
            <WriteLinesToFile
              File="sync.txt" Lines="$(D8MirrorPushedCount) $(D8MirrorAlreadyThereCount) $(D8MirrorImageCount)" />
          </Target>
          <Target Name="SyncBeside">
            <MSBuild
              Projects="$(MSBuildProjectFullPath)" Targets="ShowSync"
              Properties="
                D8MirrorSource=$(SyncSourceHost)/deckhouse/ee;
                D8MirrorSourceLogin=reader;
                D8MirrorTarget=$(SyncHost)/{Edition};
                D8MirrorRegistryLogin=robot;
                D8MirrorRegistryPasswordVariable=SYNC_PASSWORD;
                D8MirrorTmpDir=tmp" />
          </Target>
          <Target Name="PushAgain">
            <MSBuild Projects="$(MSBuildProjectFullPath)" Targets="ShowPush" Properties="PushName=again" />
          </Target>
        """;

    private readonly ConsumerProject _project;
    private TestRegistry? _source;
    private TestRegistry? _syncSource;
    private TestRegistry? _target;
    private TestRegistry? _synced;

    public WholeJob(PackedPackage package) => _project = ConsumerProject.Create(package, Content);

    /// <summary>The folder of the bundle that was pulled.</summary>
    internal string Bundle => Path.Combine(_project.Folder, "bundle");

    internal TestRegistry Target => _target!;

    /// <summary>What the sync filled.</summary>
    internal TestRegistry Synced => _synced!;

    internal DotNetRun Build { get; private set; } = new(-1, "");

    /// <summary>The binary log, as it was written before it was compressed.</summary>
    internal byte[] BinaryLog { get; private set; } = [];

    /// <summary>Every text of the binary log, as its viewer would show it.</summary>
    internal IReadOnlyList<string> LoggedTexts { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _source = await StartAsync(DeckhouseMini.Load(), "license-token", Licence);
        _target = await StartAsync(new ContentSet(), "robot", DockerPassword);
        _syncSource = await StartAsync(DeckhouseMini.Load(), "reader", SourcePassword);
        _synced = await StartAsync(new ContentSet(), "robot", TargetPassword);
        string docker = Path.Combine(_project.Folder, "docker");
        Directory.CreateDirectory(docker);
        await File.WriteAllTextAsync(Path.Combine(docker, "config.json"), $$"""
            { "auths": { "{{_target.Host}}": { "auth": "{{Encode($"robot:{DockerPassword}")}}" } } }
            """);
        string log = Path.Combine(_project.Folder, "whole.binlog");
        Build = await _project.BuildAsync(
            "ShowPull;ShowVerify;ShowGost;ShowPush;PushAgain;SyncBeside",
            [
                new("D8_MIRROR_LICENSE_TOKEN", Licence),
                new("DOCKER_CONFIG", docker),
                new("D8_MIRROR_SOURCE_PASSWORD", SourcePassword),
                new("SYNC_PASSWORD", TargetPassword),
                new("MIRROR_DEBUG_LOG", "4"),
            ],
            $"-p:SourceHost={_source.Host}",
            $"-p:TargetHost={_target.Host}",
            $"-p:SyncHost={_synced.Host}",
            $"-p:SyncSourceHost={_syncSource.Host}",
            "-v:diagnostic",
            $"-bl:{log}");
        Assert.True(Build.ExitCode == 0, string.Join('\n', Build.DistinctLinesWith("error")));
        LoggedTexts = BinaryLogTexts.Read(log);
        BinaryLog = await BinaryLogTexts.UnzipAsync(log);
    }

    public async ValueTask DisposeAsync()
    {
        _project.Dispose();
        foreach (TestRegistry? registry in (TestRegistry?[])[_source, _syncSource, _target, _synced])
        {
            if (registry is not null)
            {
                await registry.DisposeAsync();
            }
        }
    }

    /// <summary>A login as it is sent and as Docker stores it.</summary>
    internal static string Encode(string login) => Convert.ToBase64String(Encoding.UTF8.GetBytes(login));

    /// <summary>What the project wrote into a file.</summary>
    internal string[] Written(string file) => File.ReadAllLines(Path.Combine(_project.Folder, file));

    private static Task<TestRegistry> StartAsync(ContentSet content, string login, string password) =>
        TestRegistry.StartAsync(
            new TestRegistryOptions { Content = content, Credential = new TestCredential(login, password) });
}
