using System.Text.RegularExpressions;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>One restored project for many pulls; what differs between them comes on the command line.</summary>
public sealed class FaultProject(PackedPackage package) : IAsyncLifetime
{
    private const string Content = """
          <PropertyGroup>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorTimeout>20s</D8MirrorTimeout>
          </PropertyGroup>
          <Target Name="ShowPlan" DependsOnTargets="D8MirrorPlan">
            <Message Importance="high" Text="image %(D8MirrorImage.Identity) %(Digest) in %(Archive)" />
            <Message Importance="high" Text="planned $(D8MirrorImageCount) images" />
          </Target>
        """;

    private readonly ConsumerProject _project =
        ConsumerProject.Create(package, Content, fileName: "consumer.proj");

    private int _bundles;

    /// <summary>The project's file, as errors name it.</summary>
    public string File => _project.File;

    public async ValueTask InitializeAsync()
    {
        DotNetRun restore = await _project.BuildAsync("Restore");
        Assert.True(restore.ExitCode == 0, restore.Output);
    }

    public ValueTask DisposeAsync()
    {
        _project.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The path of a bundle folder that is not there yet.</summary>
    internal string NewBundle() =>
        Path.Combine(_project.Folder, $"bundle-{Interlocked.Increment(ref _bundles)}");

    /// <summary>Builds a target with a bundle folder, a source and more properties.</summary>
    internal Task<DotNetRun> BuildAsync(string target, string bundle, string host, params string[] arguments) =>
        BuildAsync([], target, bundle, host, [], arguments);

    /// <summary>As above, under another program and with variables.</summary>
    internal Task<DotNetRun> BuildAsync(
        IReadOnlyList<string> wrapper,
        string target,
        string bundle,
        string host,
        IEnumerable<KeyValuePair<string, string>> variables,
        params string[] arguments) => _project.BuildUnderAsync(
            wrapper,
            target,
            variables,
            [
                "--no-restore",
                $"-p:D8MirrorBundleDirectory={bundle}",
                $"-p:D8MirrorSource={host}/deckhouse/ee",
                .. arguments,
            ]);

    /// <summary>Pulls by <c>dotnet msbuild</c>; cancelling kills it and all its workers.</summary>
    internal Task<DotNetRun> PullByMSBuildAsync(string bundle, string host, CancellationToken cancellationToken) =>
        _project.MSBuildAsync(
            "D8MirrorPull",
            [
                $"-p:D8MirrorBundleDirectory={bundle}",
                $"-p:D8MirrorSource={host}/deckhouse/ee",
                "-p:D8MirrorInsecure=true",
                "-p:D8MirrorMaxConnections=4",
            ],
            cancellationToken);

    /// <summary>
    /// The one error of a failed build: code, what happened, what to do. No final name may be in the bundle.
    /// </summary>
    internal string OnlyError(DotNetRun build, string code, string bundle)
    {
        Assert.True(build.ExitCode == 1, build.Output);
        string error = Assert.Single(build.DistinctLinesWith(": error "));
        Assert.Matches(
            IsOfCommandLine(code) ? "^" + Regex.Escape(ErrorForm.WithoutLine(File, code)) : ErrorForm.Of(File, code),
            error);
        Assert.Empty(FinalFiles(bundle));
        return error;
    }

    // The source and the tag are given on the command line.
    private static bool IsOfCommandLine(string code) =>
        code is "D8M3003" || code.StartsWith("D8M2", StringComparison.Ordinal);

    /// <summary>The files of a bundle that a reader would take as finished.</summary>
    internal static IEnumerable<string> FinalFiles(string bundle) => !Directory.Exists(bundle)
        ? []
        : Directory.EnumerateFiles(bundle, "*", SearchOption.AllDirectories).Where(IsFinal);

    internal static bool IsFinal(string path) =>
        path.EndsWith(".tar", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal);
}
