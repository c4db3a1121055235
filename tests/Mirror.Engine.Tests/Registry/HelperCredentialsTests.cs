using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Mirror.Engine.Disk;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

[SuppressMessage("Reliability", "CA2000", Justification = "Whoever runs a program disposes it, as is tested here.")]
[SuppressMessage("Reliability", "CA2025", Justification = "The task is awaited before the source is disposed.")]
public sealed class HelperCredentialsTests : IDisposable
{
    private const string Server = "registry.example:5000";
    private const string Canary = "canary-5a0d";

    private static readonly CredentialPlace Place = new("docker", "/home/u/.docker/config.json", "HOME");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _started = [];

    public HelperCredentialsTests()
    {
        StoredCredentials.WriteHelper(_folder.Combine("bin"), "test", "");
        StoredCredentials.WriteHelper(_folder.Combine("bin"), "test.exe", "");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_helper_is_told_the_server_and_answers_with_a_login()
    {
        ScriptedProgram program = ScriptedProgram.Answering(
            $$"""{"ServerURL":"{{Server}}","Username":"me","Secret":"{{Canary}}"}""");

        RegistryLogin login = (await AskAsync(program))!;

        Assert.Equal(new Credential("me", Canary), login.Basic);
        Assert.Equal(Server, program.Asked);
        Assert.True(program.IsDisposed);
        Assert.Equal(
            "the login of docker-credential-test, named by Docker's file '/home/u/.docker/config.json'", login.Origin);
    }

    [Fact]
    public async Task The_user_name_token_marks_an_identity_token()
    {
        RegistryLogin login = (await AskAsync(ScriptedProgram.Answering(
            $$"""{"ServerURL":"x","Username":"<token>","Secret":"{{Canary}}"}""")))!;

        Assert.Equal(Canary, login.Identity!.Text);
        Assert.Null(login.Basic);
    }

    [Theory]
    [InlineData("credentials not found in native keychain\n", 1)]
    [InlineData("Credentials not found", 2)]
    [InlineData("""{"ServerURL":"x","Username":"","Secret":""}""", 0)]
    public async Task A_helper_without_the_login_is_no_failure(string output, int exitCode) =>
        Assert.Null(await AskAsync(ScriptedProgram.Answering(output, exitCode)));

    [Theory]
    [InlineData("canary-5a0d: the keychain is locked", 1, "exit code 1")]
    [InlineData("""{"Username":"me","Secret":"canary-5a0d"}""", 3, "exit code 3")]
    [InlineData("", 0, "an answer that is not a credential")]
    [InlineData("canary-5a0d", 0, "an answer that is not a credential")]
    [InlineData("[\"canary-5a0d\"]", 0, "an answer that is not a credential")]
    [InlineData("""{"Username":"canary-5a0d"}""", 0, "an answer that is not a credential")]
    [InlineData("""{"Username":1,"Secret":"canary-5a0d"}""", 0, "an answer that is not a credential")]
    [InlineData("""{"Username":"a:b","Secret":"canary-5a0d"}""", 0, "an answer that is not a credential")]
    [InlineData("""{"Username":"<token>","Secret":""}""", 0, "an answer that is not a credential")]
    [InlineData("""{"Username":"\udc00","Secret":"canary-5a0d"}""", 0, "an answer that is not a credential")]
    public async Task A_helper_that_fails_is_a_fault_without_what_it_wrote(string output, int exitCode, string cause)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => AskAsync(ScriptedProgram.Answering(output, exitCode)));

        AssertFailed(failure, cause);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_over_64_KiB_ends_the_helper()
    {
        ScriptedProgram whole = ScriptedProgram.Answering(
            """{"ServerURL":"x","Username":"me","Secret":"p"}""".PadRight(64 * 1024));
        ScriptedProgram more = ScriptedProgram.Answering(
            """{"ServerURL":"x","Username":"me","Secret":"p"}""".PadRight((64 * 1024) + 1));

        Assert.NotNull(await AskAsync(whole));
        AssertFailed(await Assert.ThrowsAsync<MirrorException>(() => AskAsync(more)), "more than 65536 bytes");
        Assert.True(more.IsDisposed);
    }

    [Fact]
    public async Task A_helper_that_does_not_end_is_ended_after_30_seconds()
    {
        ScriptedProgram program = new(new Pipe().Reader.AsStream(), 0) { IsEndless = true };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => _clock.DriveAsync(AskAsync(program)));

        AssertFailed(failure, "did not end within 30 s");
        Assert.Equal([TimeSpan.FromSeconds(30)], _clock.Waits);
        Assert.True(program.IsDisposed);
    }

    [Fact]
    public async Task A_helper_that_ended_is_believed_though_a_child_of_it_keeps_the_output_open()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(
            """{"ServerURL":"x","Username":"me","Secret":"s"}"""u8.ToArray(), TestContext.Current.CancellationToken);
        ScriptedProgram program = new(pipe.Reader.AsStream(), 0);

        RegistryLogin? login = await _clock.DriveAsync(AskAsync(program));

        Assert.Equal(new Credential("me", "s"), login?.Basic);
        Assert.Equal([TimeSpan.FromSeconds(1)], _clock.Waits.Where(wait => wait < TimeSpan.FromSeconds(30)));
        Assert.True(program.IsDisposed);
    }

    [Fact]
    public async Task A_cancelled_run_ends_the_helper_and_is_no_fault()
    {
        ScriptedProgram program = new(new Pipe().Reader.AsStream(), 0) { IsEndless = true };
        using CancellationTokenSource user = new();
        Task<RegistryLogin?> asking = AskAsync(program, cancellationToken: user.Token);

        await user.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(program.IsDisposed);
    }

    [Fact]
    public async Task A_helper_that_cannot_be_started_is_a_fault()
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => Helper(_ => throw new Win32Exception(13)).GetAsync("test", Server, Place, Token));

        AssertFailed(failure, "could not be run");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../test")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a\0")]
    [InlineData("ä")]
    public async Task A_name_that_is_none_is_never_looked_for(string name)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => Helper(_ => throw new InvalidOperationException()).GetAsync(name, Server, Place, Token));

        Assert.Equal(FaultCode.CredentialFileUnusable, Assert.Single(failure.Faults).Code);
    }

    [Fact]
    public async Task Only_full_paths_in_PATH_are_looked_in_and_the_first_that_has_it_is_taken()
    {
        StoredCredentials.WriteHelper(_folder.Combine("one"), "test.exe", "");
        StoredCredentials.WriteHelper(_folder.Combine("one"), "test", "");
        StoredCredentials.WriteHelper(_folder.Combine("two"), "test.exe", "");
        StoredCredentials.WriteHelper(_folder.Combine("two"), "test", "");
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.Combine("two"));
        ScriptedProgram program = ScriptedProgram.Answering("""{"ServerURL":"x","Username":"me","Secret":"p"}""");

        await AskAsync(program, Paths(".", relative, _folder.Combine("nowhere"), _folder.Combine("one")));

        Assert.Equal(_folder.Combine("one"), Path.GetDirectoryName(Assert.Single(_started)));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("/nowhere/at/all")]
    public async Task A_missing_helper_is_a_fault_that_names_it(string path)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => AskAsync(ScriptedProgram.Answering(""), path));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialHelperMissing, fault.Code);
        Assert.Contains("docker-credential-test", fault.Message, StringComparison.Ordinal);
        Assert.Contains("PATH", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(_started);
    }

    private static string Paths(params string[] folders) => string.Join(Path.PathSeparator, folders);

    private static void AssertFailed(MirrorException failure, string cause)
    {
        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialHelperFailed, fault.Code);
        Assert.Contains("docker-credential-test", fault.Message, StringComparison.Ordinal);
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
    }

    private Task<RegistryLogin?> AskAsync(
        ScriptedProgram program, string? path = null, CancellationToken? cancellationToken = null)
    {
        return Helper(_ => program, path).GetAsync("test", Server, Place, cancellationToken ?? Token);
    }

    private HelperCredentials Helper(Func<string, IHelperProgram> start, string? path = null) => new(
        StoredCredentials.Environment(("PATH", path ?? _folder.Combine("bin"))),
        new PhysicalDisk(),
        _clock,
        (program, _) =>
        {
            _started.Add(program);
            return start(program);
        });
}
