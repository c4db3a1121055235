using System.Text.Json;
using Mirror.Benchmarks.Child;

namespace Mirror.Benchmarks.Measuring;

/// <summary>How a program ended, and what it printed.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Errors)
{
    private const int ShownCharacters = 2000;

    /// <summary>What <see cref="ChildWork"/> printed.</summary>
    public ChildResult Result => JsonSerializer.Deserialize<ChildResult>(Output)!;

    /// <summary>Fails with the program's own words unless it succeeded.</summary>
    public void DemandSuccess(string what)
    {
        if (ExitCode != 0)
        {
            string said = (Errors + Output).Trim();
            string end = said[^Math.Min(said.Length, ShownCharacters)..];
            throw new BenchFailureException($"{what} ended with code {ExitCode}. It said: {end}");
        }
    }
}
