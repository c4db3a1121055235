using System.Collections.Immutable;
using Mirror.TestKit.Content;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>A pull and everything that goes wrong with it, out of a seed.</summary>
internal sealed record FaultSchedule
{
    public required int Seed { get; init; }

    /// <summary>Whether the source wants tokens.</summary>
    public required bool HasTokens { get; init; }

    public required DrawnForm Form { get; init; }

    /// <summary>The form of another source's bundle that lies there and is to be replaced.</summary>
    public required DrawnForm? Earlier { get; init; }

    public required int Connections { get; init; }

    public required ImmutableArray<WireFault> Wire { get; init; }

    public required DiskFault? Disk { get; init; }

    /// <summary>What the disk has room for; <see langword="null"/>: everything.</summary>
    public required long? Space { get; init; }

    /// <summary>After how many answers every token given so far ends.</summary>
    public required int? TokensEndAfter { get; init; }

    /// <param name="seed">The seed.</param>
    /// <param name="content">What the source holds.</param>
    /// <param name="operations">The operations of the disk that an undisturbed pull needs, by name.</param>
    public static FaultSchedule Of(int seed, ContentSet content, IReadOnlyDictionary<string, int> operations)
    {
        Random random = new(seed);
        bool hasDiskFault = random.Next(4) == 0;
        return new FaultSchedule
        {
            Seed = seed,
            HasTokens = random.Next(3) == 0,
            Form = DrawnForm.Of(random),
            Earlier = random.Next(2) == 0 ? DrawnForm.Of(random) : null,
            Connections = random.Next(1, 5),
            Wire =
            [
                .. Enumerable.Range(0, random.Next(hasDiskFault ? 0 : 1, 4))
                    .SelectMany(_ => WireFault.Of(random, content)),
            ],
            Disk = hasDiskFault ? DiskFault.Of(random, operations) : null,
            Space = random.Next(12) == 0 ? random.NextInt64(500_000) : null,
            TokensEndAfter = random.Next(2) == 0 ? random.Next(1, 60) : null,
        };
    }

    /// <summary>For the message of a failed test.</summary>
    public override string ToString() => string.Join(
        "; ",
        [
            $"seed {Seed}: {Form}{(Earlier is null ? "" : $" in place of {Earlier}")}, {Connections} connections",
            HasTokens ? $"tokens, that end after {TokensEndAfter?.ToString() ?? "no"} answers" : "no tokens",
            Space is null ? "room enough" : $"room for {Space} bytes",
            .. Wire.Select(fault => fault.Text).Distinct(),
            Disk?.ToString() ?? "a sound disk",
        ]);
}
