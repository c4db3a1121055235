using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Bundles;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>What the disk does wrong, and when.</summary>
/// <param name="Text">What it is, for people.</param>
/// <param name="Operations">The operations that it is about.</param>
/// <param name="After">How many of them work before.</param>
/// <param name="Times">How many of them fail then.</param>
/// <param name="Failure">How they fail.</param>
internal sealed record DiskFault(string Text, string[] Operations, int After, int Times, Func<Exception> Failure)
{
    private static readonly string[] Growing = ["create", "write", "flush"];

    private static readonly (string Text, string[] Operations, Func<Exception> Failure)[] Kinds =
    [
        ("no space left (errno 28)", Growing, static () => new IOException("no space", 28)),
        ("no space left (a failed reservation)", ["create"], static () => new IOException("no", DiskError.DiskFull)),
        ("quota used up", Growing, static () => new IOException("quota", OperatingSystem.IsMacOS() ? 69 : 122)),
        ("I/O error", [.. Growing, "lock", "folder"], static () => new IOException("input/output error", 5)),
        ("access denied", [.. Growing, "lock", "folder"], static () => new UnauthorizedAccessException("denied")),
        ("I/O error of a name", ["rename", "delete", "flush-folder"], static () => new IOException("i/o error", 5)),
    ];

    /// <summary>Draws one.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="operations">The operations that an undisturbed pull needs, by name.</param>
    public static DiskFault Of(Random random, IReadOnlyDictionary<string, int> operations)
    {
        (string text, string[] which, Func<Exception> failure) = Kinds[random.Next(Kinds.Length)];
        int times = random.Next(2) == 0 ? 1 : int.MaxValue;
        int most = which.Sum(operation => operations.GetValueOrDefault(operation));
        return new DiskFault(text, which, random.Next(most + 1), times, failure);
    }

    /// <summary>The disk with the fault.</summary>
    public ScriptedDisk On(IDisk disk)
    {
        int seen = 0;
        return new ScriptedDisk(disk)
        {
            Before = (operation, _) =>
            {
                if (Operations.Contains(operation) && Interlocked.Increment(ref seen) - 1 - After is var late and >= 0
                    && late < Times)
                {
                    throw Failure();
                }
            },
        };
    }

    public override string ToString() =>
        $"disk: {Text}, after {After} operations, {(Times == 1 ? "once" : "for good")}";
}
