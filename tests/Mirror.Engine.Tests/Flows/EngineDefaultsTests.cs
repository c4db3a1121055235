using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What an engine uses where a caller passes nothing.</summary>
public sealed class EngineDefaultsTests
{
    [Fact]
    public void The_environment_is_that_of_the_process_read_once()
    {
        string name = $"MIRROR_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "first");
        try
        {
            RunEnvironment environment = RunEnvironment.OfProcess();
            Environment.SetEnvironmentVariable(name, "second");

            Assert.Equal("first", environment[name]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task A_verb_needs_no_listener_of_events()
    {
        using TemporaryFolder folder = new();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => new MirrorEngine().VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = folder.FullName },
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.NoArchives, Assert.Single(failure.Faults).Code);
    }
}
