using System.Security;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// One build that runs the package's push for every damaged bundle, one after the other, into one empty registry; a
/// hook of the project says which is next.
/// </summary>
public sealed class DamagedPushes(PackedPackage package) : IAsyncLifetime
{
    private const string Targets = """
          <PropertyGroup>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorPushDependsOn>SayWhich</D8MirrorPushDependsOn>
          </PropertyGroup>
          <Target Name="SayWhich"><Message Importance="high" Text="next: $(Damage)" /></Target>
          <Target Name="PushOne" DependsOnTargets="D8MirrorPush">
            <Message Importance="high" Text="pushed: $(Damage)" />
          </Target>
          <Target Name="PushAll">
            <MSBuild
              Projects="$(MSBuildProjectFullPath)"
              Targets="PushOne"
              ContinueOnError="ErrorAndContinue"
              Properties="
                Damage=%(Damage.Identity);
                D8MirrorBundleDirectory=%(Damage.Folder);
                D8MirrorVerifyGostDigest=%(Damage.Gost);
                D8MirrorTarget=$(Host)/mirror/%(Damage.Identity)" />
            <Message Importance="high" Text="next: nothing" />
          </Target>
        """;

    private readonly List<BundleCopy> _bundles = [];
    private TestRegistry? _target;

    internal TestRegistry Target => _target!;

    internal DotNetRun Build { get; private set; } = new(-1, "");

    /// <summary>The project's file, as errors name it.</summary>
    internal string File { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _bundles.AddRange(BundleDamage.All.Select(damage => damage.Make()));
        _target = await TestRegistry.StartAsync();
        IEnumerable<string> items = BundleDamage.All.Select((damage, number) =>
            $"""<Damage Include="damage-{number}" Folder="{FolderOf(number)}" Gost="{damage.IsAboutSums}" />""");
        using ConsumerProject project = ConsumerProject.Create(
            package, $"{Targets}<ItemGroup>{string.Concat(items)}</ItemGroup>");
        File = project.File;
        Build = await project.BuildAsync("PushAll", "-m:1", $"-p:Host={_target.Host}");
    }

    public async ValueTask DisposeAsync()
    {
        _bundles.ForEach(bundle => bundle.Dispose());
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    /// <summary>The errors of one damage. The logger repeats all of them at the end, which is not looked at.</summary>
    internal IReadOnlyList<string> ErrorsOf(int number) =>
    [
        .. Build.Output.Split('\n').Select(line => line.Trim())
            .SkipWhile(line => line != $"next: damage-{number}").Skip(1)
            .TakeWhile(line => !line.StartsWith("next: ", StringComparison.Ordinal))
            .Where(line => line.Contains(": error ", StringComparison.Ordinal)),
    ];

    private string FolderOf(int number) => SecurityElement.Escape(_bundles[number].Folder);
}
