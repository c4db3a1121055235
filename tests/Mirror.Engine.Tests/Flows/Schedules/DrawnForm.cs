namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>How a bundle is written.</summary>
internal sealed record DrawnForm(long ChunkBytes, bool HasSums)
{
    /// <summary>Draws one.</summary>
    public static DrawnForm Of(Random random) => new(random.Next(2) * 100_000L, random.Next(4) == 0);

    public override string ToString() =>
        $"{(ChunkBytes == 0 ? "whole" : "chunked")} archives{(HasSums ? " with sums" : "")}";
}
