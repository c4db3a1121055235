using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>A volume of a few bytes that only one process and its children see: a tmpfs in a mount namespace.</summary>
/// <param name="Wrapper">The program that mounts it and runs what is appended.</param>
internal sealed record SmallVolume(IReadOnlyList<string> Wrapper)
{
    /// <summary>What the wrapper prints before the path of each file that is on the volume at the end.</summary>
    public const string Left = "left on the volume: ";

    private const string Script = """
        mount -t tmpfs -o "size=$1" mirror-test "$2" || exit 99
        folder=$2
        shift 2
        "$@"
        code=$?
        find "$folder" -type f | sed 's/^/left on the volume: /'
        exit $code
        """;

    /// <summary>Finds out whether this machine can do it; if not, the test is skipped or, if required, fails.</summary>
    /// <param name="folder">The mount point; it has to be there.</param>
    /// <param name="bytes">The size; the system rounds it up to a page.</param>
    public static async Task<SmallVolume> OrSkipAsync(string folder, long bytes)
    {
        string reason = "unshare is not installed";
        if (RealParts.Find("unshare") is { } unshare)
        {
            foreach (string way in (string[])["-m", "-rm"])
            {
                SmallVolume volume = new([unshare, way, "sh", "-c", Script, "sh", $"{bytes}", folder]);
                ToolResult tried = await Tool.RunAsync(
                    unshare, volume.Wrapper.Skip(1).Append("true"), TestContext.Current.CancellationToken);
                if (tried.ExitCode == 0)
                {
                    return volume;
                }

                reason = $"unshare cannot mount a tmpfs ({tried.Errors.Trim()})";
            }
        }

        Assert.SkipUnless(RealParts.AreRequired, reason);
        throw new InvalidOperationException($"{reason}, and MIRROR_REAL_PARTS says it must.");
    }
}
