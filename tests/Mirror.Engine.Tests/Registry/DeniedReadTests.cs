using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

/// <summary>What a denied read advises, at either end.</summary>
public sealed class DeniedReadTests
{
    [Theory]
    [InlineData(false, "licence covers this edition")]
    [InlineData(true, "right to read")]
    public async Task A_denied_read_is_about_a_licence_at_the_source_alone(bool isTarget, string advice)
    {
        RegistryAccess access = isTarget
            ? SettingsCheck.Check(
                new MirrorPushSettings { Target = "registry.example/deckhouse/ee", BundleDirectory = "/b" },
                new RunEnvironment([])).Target
            : SettingsCheck.Check(
                new MirrorPullSettings { Source = "registry.example/deckhouse/ee", BundleDirectory = "/b" },
                new RunEnvironment([])).Source;
        using ScriptedRegistry registry = new(_ => Answer.Error(403, "DENIED", "because"), access);

        Fault fault = await registry.FaultOfAsync(
            registry.Client.FindManifestAsync(Repository, "v1", TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.Forbidden, fault.Code);
        Assert.Contains(advice, fault.Advice, StringComparison.Ordinal);
        Assert.Equal(isTarget, !fault.Advice.Contains("licence", StringComparison.Ordinal));
    }
}
