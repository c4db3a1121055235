using System.Net;
using System.Net.Sockets;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.House;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>
/// The lock of the miniature source, as it is in git. Its bytes are a promise: a lock that was reviewed last year still
/// is the lock of the same images.
/// </summary>
public sealed class MiniLockTests
{
    private const string Host = "registry.example";

    private static readonly string Golden =
        RepositoryTree.PathOf("tests/Mirror.Engine.Tests/Flows/Locked/deckhouse-mini.lock.json");

    [Fact]
    public async Task The_lock_of_the_miniature_source_is_the_file_in_git()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        string lockFile = folder.Combine("mirror.lock.json");

        await new MirrorEngine(PartsFor(source)).LockAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint($"{Host}/deckhouse/ee"),
                Insecure = true,
                LockFile = lockFile,
                TmpDirectory = folder.Combine("tmp"),
            },
            cancellationToken: TestContext.Current.CancellationToken);

        string written = await File.ReadAllTextAsync(lockFile, TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Golden, written, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(Golden, TestContext.Current.CancellationToken), written);
    }

    /// <summary>The name of the source is part of a bundle's bytes, so it must not be that of a free port.</summary>
    private static EngineParts PartsFor(TestRegistry source) => new(new RunEnvironment([]), TimeProvider.System)
    {
        CreateHandler = (_, _) => new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPEndPoint.Parse(source.Host), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    };
}
