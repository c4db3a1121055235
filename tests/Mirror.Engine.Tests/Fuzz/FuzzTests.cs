using Xunit;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>
/// A few thousand inputs for each parser in every run of the tests. A million each is done by hand: CONTRIBUTING.md.
/// </summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    /// <summary>Inputs that were not answered once: target and Base64.</summary>
    public static TheoryData<string, string> Found => new()
    {
        { "error body", "eyJlcnJvcnMiOls=" },
        { "error body", "eyJlcnJvcnMiOlt7ImNvZGUiOiLGIn1dfQ==" },
        { "embedded content", "ImRhdGEi" },
        { "location", "Ly9obw0=" },
        { "range", "MC05MjIzMzcyMDM2ODU0Nzc1ODA3" },
        {
            "settings",
            "Lz49fHw6AD1e4oCuJXg9LjEtLS0tLS0tLS0tIC0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS"
                + "0tLS0tLS0tLS0tLS0tLS0tLS0tKnZ4QCE9c3RhYmxlLF4KeEA="
        },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_is_answered(string name) =>
        new FuzzRun(FuzzTarget.All.Single(target => target.Name == name), seed: 1).Run(3000);

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_once_is_answered(string name, string input) =>
        FuzzRun.Try(FuzzTarget.All.Single(target => target.Name == name), Convert.FromBase64String(input));

    [Fact]
    public void A_parser_that_throws_or_allocates_without_bound_is_noticed()
    {
        FuzzTarget throwing = FuzzTarget.All[0] with { Run = _ => throw new InvalidOperationException() };
        FuzzTarget greedy = FuzzTarget.All[0] with { Run = _ => GC.KeepAlive(new byte[50_000_000]) };

        Assert.Throws<InvalidOperationException>(() => new FuzzRun(throwing, 1).Run(1));
        Assert.Throws<InvalidOperationException>(() => new FuzzRun(greedy, 1).Run(1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        static List<string> Inputs()
        {
            List<string> inputs = [];
            new FuzzRun(FuzzTarget.All[0] with { Run = static _ => { } }, seed: 7)
                .Run(200, input => inputs.Add(Convert.ToBase64String(input)));
            return inputs;
        }

        Assert.Equal(Inputs(), Inputs());
    }

    [Fact]
    public void The_seeds_of_a_target_are_answered_as_they_are() => Assert.All(
        FuzzTarget.All, target => Assert.All(target.Seeds, seed => FuzzRun.Try(target, seed)));
}
