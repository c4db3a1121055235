using System.Text;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// One run of the copied example from a source into an empty target, both with a password, at the most talkative that
/// Cake and the mirror can be.
/// </summary>
public sealed class ScriptMirror(PackedPackages packages) : IAsyncLifetime
{
    private const string Licence = "canary-licence-21";
    private const string Password = "canary-password-93";

    private readonly CakeScript _script = CakeScript.Example(packages);

    private TestRegistry? _source;
    private TestRegistry? _target;

    /// <summary>What the target holds after the run.</summary>
    internal TestRegistry Target => _target!;

    /// <summary>The processes of the run, looked at while the first blob was fetched and the first was sent.</summary>
    internal CommandLines CommandLines { get; } = new();

    internal DotNetRun Run { get; private set; } = new(-1, "");

    /// <summary>The folder of the bundle that was pulled.</summary>
    internal string Bundle => Path.Combine(_script.Folder, "bundle");

    public async ValueTask InitializeAsync()
    {
        _source = await TestRegistry.StartAsync(new TestRegistryOptions
        {
            Content = DeckhouseMini.Load(),
            Credential = new TestCredential("license-token", Licence),
        });
        _target = await StartTargetAsync();
        if (OperatingSystem.IsLinux())
        {
            _source.Faults.Add(request => request.IsBlob() && CommandLines.Look(), new RegistryFault(), times: 1);
            _target.Faults.Add(request => request.IsUpload() && CommandLines.Look(), new RegistryFault(), times: 1);
        }

        Run = await RunAsync(
            _target,
            "--target=Plan",
            "--target=Pull",
            "--target=Push",
            $"--source={_source.Host}/deckhouse/ee",
            "--verbosity=diagnostic");
        Assert.True(Run.ExitCode == 0, Run.Output);
    }

    public async ValueTask DisposeAsync()
    {
        _script.Dispose();
        foreach (TestRegistry? registry in (TestRegistry?[])[_source, _target])
        {
            if (registry is not null)
            {
                await registry.DisposeAsync();
            }
        }
    }

    /// <summary>An empty registry that lets in who has the password.</summary>
    internal static Task<TestRegistry> StartTargetAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Credential = new TestCredential("robot", Password) },
        TestContext.Current.CancellationToken);

    /// <summary>Runs the script again.</summary>
    internal Task<DotNetRun> RunAsync(TestRegistry target, params IEnumerable<string> arguments) => _script.RunAsync(
        [
            new("D8_MIRROR_LICENSE_TOKEN", Licence),
            new("D8_MIRROR_REGISTRY_LOGIN", "robot"),
            new("D8_MIRROR_REGISTRY_PASSWORD", Password),
            new("MIRROR_DEBUG_LOG", "4"),
        ],
        [.. arguments, $"--registry={target.Host}/mirror/ee", "--insecure"]);

    /// <summary>No secret of the run was printed, nor the form in which it is sent.</summary>
    internal static void AssertNoSecret(DotNetRun run) => AssertNoSecret(run.Output);

    /// <summary>No secret of the run is in a text, nor the form in which it is sent.</summary>
    internal static void AssertNoSecret(string text) => Assert.All(
        [Licence, Password, Sent($"license-token:{Licence}"), Sent($"robot:{Password}")],
        secret => Assert.DoesNotContain(secret, text));

    private static string Sent(string login) => Convert.ToBase64String(Encoding.UTF8.GetBytes(login));
}
