using System.Collections.Immutable;
using System.Net.Sockets;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Pipes, sockets, devices and links to nowhere in a bundle folder: every verb answers at once.</summary>
public sealed class SpecialFileFlowTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("platform.tar")]
    [InlineData("platform.tar.0000.chunk")]
    [InlineData("bundle.json")]
    [InlineData("security.tar.json")]
    [InlineData(".d8mirror.commit")]
    public async Task A_pipe_in_the_folder_is_a_fault_of_verify_and_push(string name)
    {
        using BundleCopy bundle = new("0.33", "security");
        await MakePipeAsync(bundle.PathOf(name), TestContext.Current.CancellationToken);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        ImmutableArray<Fault> verified =
            await FailAsync(bundle.Folder, TestContext.Current.CancellationToken);
        ImmutableArray<Fault> pushed = await new PushRun(target.Host, bundle.Folder).FailAsync();

        string code = name == ".d8mirror.commit" ? FaultCode.BundleUnfinished : FaultCode.NotRegularFile;
        Assert.Contains(verified, fault => fault.Code == code);
        Assert.Contains(pushed, fault => fault.Code == code);
        Assert.Empty(target.Requests.All);
    }

    [Theory(Timeout = Patience)]
    [InlineData("platform.tar")]
    [InlineData("module-x.tar")]
    [InlineData("module-x.tar.0000.chunk")]
    [InlineData("platform.tar.json")]
    [InlineData("platform.tar.gostsum")]
    [InlineData("bundle.json")]
    [InlineData(".d8mirror.commit")]
    [InlineData("platform.tar.journal")]
    public async Task A_pipe_in_the_folder_keeps_no_pull_waiting(string name)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using BundleCopy bundle = new("0.33", "nothing");
        await MakePipeAsync(bundle.PathOf(name), TestContext.Current.CancellationToken);
        EngineRun run = EngineRun.Of(source, bundle.Folder);

        try
        {
            await run.PullAsync();
        }
        catch (MirrorException exception)
        {
            Assert.DoesNotContain(exception.Faults, fault => fault.Code == FaultCode.Defect);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_pipe_as_the_sum_of_an_archive_is_a_fault()
    {
        using BundleCopy bundle = new("0.33", "security");
        bundle.Delete("security.tar.gostsum");
        await MakePipeAsync(bundle.PathOf("security.tar.gostsum"), TestContext.Current.CancellationToken);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Engine().VerifyGostDigestAsync(
            new MirrorVerifyGostDigestSettings { BundleDirectory = bundle.Folder },
            null,
            TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.NotRegularFile, Assert.Single(failure.Faults).Code);
    }

    [Theory(Timeout = Patience)]
    [InlineData("a device")]
    [InlineData("a link to nowhere")]
    [InlineData("a socket")]
    public async Task What_has_the_name_of_an_archive_and_is_no_file_is_a_fault(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has none of these among its files.");
        using BundleCopy bundle = new("0.33", "security");
        string path = bundle.PathOf("a.tar");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (kind)
        {
            case "a device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "a socket":
                socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
            default:
                File.CreateSymbolicLink(path, bundle.PathOf("gone"));
                break;
        }

        Fault fault = Assert.Single(await FailAsync(bundle.Folder, TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.NotRegularFile, fault.Code);
        Assert.Contains("a.tar", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_named_as_an_archive_is_a_fault_where_it_was_asked_for()
    {
        using BundleCopy bundle = new("0.33", "security");
        Directory.CreateDirectory(bundle.PathOf("platform.tar"));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Engine().VerifyAsync(
            new MirrorVerifySettings { Files = [bundle.PathOf("platform.tar")] },
            null,
            TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.NotRegularFile, Assert.Single(failure.Faults).Code);
    }

    private static async Task MakePipeAsync(string path, CancellationToken cancellationToken)
    {
        File.Delete(path);
        Assert.Equal(0, (await Tool.RunAsync(RealPart.OrSkip("mkfifo"), [path], cancellationToken)).ExitCode);
    }

    private static MirrorEngine Engine() => new(new Dictionary<string, string>(), TimeProvider.System);

    // On a thread of its own, so that the time limit of the test holds.
    private static async Task<ImmutableArray<Fault>> FailAsync(string folder, CancellationToken cancellationToken) =>
        (await Assert.ThrowsAsync<MirrorException>(() => Task.Run(
            () => Engine().VerifyAsync(
                new MirrorVerifySettings { BundleDirectory = folder }, null, cancellationToken),
            cancellationToken).WaitAsync(cancellationToken))).Faults;
}
