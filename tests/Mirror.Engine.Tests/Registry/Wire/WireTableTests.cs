using Xunit;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>What the client makes of everything a registry, a proxy or the line between can do to it.</summary>
public sealed class WireTableTests
{
    public static TheoryData<string> Rows => [.. WireRow.Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_stimulus_on_the_wire_has_the_outcome_of_the_table(string id)
    {
        await using WireRun run = new(WireRow.Table[id]);
        await run.CheckAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_table_has_its_rows() => Assert.InRange(WireRow.Table.Count, 60, int.MaxValue);
}
