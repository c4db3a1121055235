using Mirror.TestKit.Processes;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// A network of its own that has nothing but loopback, with a source and an empty target in it.
/// </summary>
/// <param name="Wrapper">
/// The program that makes it and runs what is appended, with <c>--source</c> and <c>--registry</c> behind it.
/// </param>
internal sealed record CutOffNetwork(IReadOnlyList<string> Wrapper)
{
    /// <summary>What the wrapper prints before the names of the interfaces that there are.</summary>
    public const string Interfaces = "interfaces: ";

    private const string Script = """
        "$1" link set lo up || exit 99
        echo "interfaces:" $(sed -n 's/^ *\(.*\):.*/\1/p' /proc/net/dev)
        dotnet=$2
        kit=$3
        shift 3
        mkfifo source target
        "$dotnet" "$kit" serve --source mini >source &
        source=$!
        "$dotnet" "$kit" serve --empty >target &
        target=$!
        trap 'kill $source $target' EXIT
        read -r _ _ from <source
        read -r _ _ to <target
        "$@" "--source=$from/deckhouse/ee" "--registry=$to/mirror/ee" --insecure
        """;

    /// <summary>Finds out whether this machine can do it; if not, the test is skipped or, if required, fails.</summary>
    public static async Task<CutOffNetwork> OrSkipAsync()
    {
        string reason = "unshare or ip is not installed";
        if (RealParts.Find("unshare") is { } unshare && RealParts.Find("ip") is { } ip)
        {
            foreach (string way in (string[])["-n", "-rn"])
            {
                ToolResult tried = await Tool.RunAsync(
                    unshare, [way, ip, "link", "set", "lo", "up"], TestContext.Current.CancellationToken);
                if (tried.ExitCode == 0)
                {
                    string kit = Path.Combine(AppContext.BaseDirectory, "Mirror.TestKit.dll");
                    return new CutOffNetwork([unshare, way, "sh", "-c", Script, "sh", ip, "dotnet", kit]);
                }

                reason = $"unshare cannot make a network ({tried.Errors.Trim()})";
            }
        }

        Assert.SkipUnless(RealParts.AreRequired, reason);
        throw new InvalidOperationException($"{reason}, and MIRROR_REAL_PARTS says it must.");
    }
}
