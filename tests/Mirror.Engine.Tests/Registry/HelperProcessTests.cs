using System.Diagnostics;
using Mirror.Engine.Disk;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Real programs: shell scripts, so not on Windows.</summary>
public sealed class HelperProcessTests : IDisposable
{
    private const string Canary = "canary-e3b7";

    private static readonly CredentialPlace Place = new("docker", "/home/u/.docker/config.json", "HOME");

    private readonly TemporaryFolder _folder = new();

    public HelperProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The helpers are shell scripts.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_gets_get_the_server_and_the_runs_environment_and_nothing_else()
    {
        string seen = _folder.Combine("seen");
        RegistryLogin login = (await AskAsync(
            $$"""
            exec 3> '{{seen}}'
            echo "$# $1" >&3
            cat >&3; echo >&3
            pwd >&3
            env >&3
            echo '{"ServerURL":"x","Username":"me","Secret":"{{Canary}}"}'
            """,
            TimeProvider.System,
            ("OF_THE_RUN", "yes")))!;

        string[] lines = await File.ReadAllLinesAsync(seen, Token);
        Assert.Equal(new Credential("me", Canary), login.Basic);
        Assert.Equal(["1 get", "registry.example", _folder.FullName], lines[..3]);
        Assert.Contains("OF_THE_RUN=yes", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_program_says_on_its_error_stream_is_dropped_however_much_it_is()
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => AskAsync(
            $"i=0; while [ $i -lt 3000 ]; do echo '{Canary} {new string('x', 60)}' >&2; i=$((i+1)); done; exit 7",
            TimeProvider.System));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialHelperFailed, fault.Code);
        Assert.Contains("exit code 7", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ends_without_reading_is_judged_by_its_answer() =>
        Assert.Null(await AskAsync("echo 'credentials not found in native keychain'; exit 1", TimeProvider.System));

    [Fact]
    public async Task A_program_that_writes_without_end_is_ended()
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => AskAsync($"while :; do echo {Canary}; done", TimeProvider.System));

        Assert.Contains("more than 65536 bytes", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended()
    {
        string pids = _folder.Combine("pids");
        ManualTimeProvider clock = new();
        Task<RegistryLogin?> asking = AskAsync($"echo $$ > '{pids}.new'; mv '{pids}.new' '{pids}'; cat /dev/zero | cat "
            + "> /dev/null", clock);
        while (!File.Exists(pids))
        {
            await Task.Yield();
        }

        int pid = int.Parse(await File.ReadAllTextAsync(pids, Token));
        clock.Advance(TimeSpan.FromSeconds(30));
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => asking);

        Assert.Contains("did not end within 30 s", failure.Message, StringComparison.Ordinal);
        await EndOfAsync(pid);
    }

    [Fact]
    public async Task A_program_that_leaves_a_child_with_its_output_is_not_waited_for()
    {
        string pids = _folder.Combine("pids");
        long start = TimeProvider.System.GetTimestamp();

        RegistryLogin? login = await AskAsync(
            $$"""
            sleep 1000 &
            echo $! > '{{pids}}'
            echo '{"ServerURL":"x","Username":"me","Secret":"{{Canary}}"}'
            """,
            TimeProvider.System);

        using Process child = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pids, Token)));
        child.Kill();
        Assert.Equal(new Credential("me", Canary), login?.Basic);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_a_fault()
    {
        StoredCredentials.Write(_folder.Combine("docker-credential-test"), "no program");

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Helper(TimeProvider.System)
            .GetAsync("test", "registry.example", Place, Token));

        Assert.Equal(FaultCode.CredentialHelperFailed, Assert.Single(failure.Faults).Code);
    }

    private static async Task EndOfAsync(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(Token);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private Task<RegistryLogin?> AskAsync(
        string script, TimeProvider clock, params (string Name, string Value)[] variables)
    {
        StoredCredentials.WriteHelper(_folder.FullName, "test", script);
        return Helper(clock, variables).GetAsync("test", "registry.example", Place, Token);
    }

    private HelperCredentials Helper(TimeProvider clock, params (string Name, string Value)[] variables) => new(
        StoredCredentials.Environment([("PATH", $"{_folder.FullName}:/usr/bin:/bin"), .. variables]),
        new PhysicalDisk(),
        clock,
        HelperProcess.Start);
}
