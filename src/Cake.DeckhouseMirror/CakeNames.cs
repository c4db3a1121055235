using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>What the settings of the addin are called in faults: as the members of its settings.</summary>
internal static class CakeNames
{
    private const string Without = "Components without ";

    /// <summary>
    /// The member of <see cref="D8MirrorPullSettings"/> and the others for a setting as faults call it
    /// (<see cref="SettingReference.Member"/>): <c>NoModules</c> for <c>Components without Modules</c>.
    /// </summary>
    public static string NameOf(string member) =>
        member.StartsWith(Without, StringComparison.Ordinal) ? $"No{member[Without.Length..]}" : member;

    /// <summary>A fault on one line, with its code.</summary>
    public static string TextOf(Fault fault) => $"{fault.Code}: {fault.TextFor(NameOf)}";
}
