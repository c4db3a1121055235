using Mirror.Engine.Hashing;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Flows.Runs;

/// <summary>
/// Lets whoever trusts no code of ours, or wants to compare, say who computes the GOST sums (docs/gost.md).
/// </summary>
internal static class GostChoice
{
    public const string Variable = "D8_MIRROR_GOST_KERNEL";

    /// <summary>The one that the environment names, else the fastest.</summary>
    /// <exception cref="MirrorException">D8M1002: there is no such on this processor.</exception>
    public static GostHasher Choose(RunEnvironment environment) => environment[Variable] is not { } name
        ? GostHasher.Best
        : GostHasher.Find(name) ?? throw new MirrorException(SettingFault.Malformed(
            $"The variable {Variable}", name, "kernel of this processor", string.Join(", ", GostHasher.Names)));
}
