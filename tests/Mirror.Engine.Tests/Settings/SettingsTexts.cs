using System.Collections.Immutable;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>Short ways to read and check settings in tests.</summary>
internal static class SettingsTexts
{
    /// <summary>A full path on any system.</summary>
    public static string Root { get; } = Path.GetPathRoot(AppContext.BaseDirectory)!;

    public static string Folder { get; } = Path.Combine(Root, "bundles", "d8");

    public static MirrorPullSettings Valid { get; } = new() { BundleDirectory = Folder };

    public static RunEnvironment NoVariables { get; } = new([]);

    public static RunEnvironment Variables(params (string Name, string Value)[] variables) =>
        new(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));

    public static MirrorPullSettings Read(params (string Name, string Text)[] texts) =>
        SettingsReader.ReadPull(Values(texts), new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The bare root as a build file writes it.</summary>
    public static BareRoot RootOf(string text)
    {
        Assert.Null(TextKinds.Root.Read("BareRoot", [text], out BareRoot root));
        return root;
    }

    /// <summary>The faults of some texts, with a bundle folder added.</summary>
    public static IReadOnlyList<Fault> ReadFaults(params (string Name, string Text)[] texts) =>
        Faults(() => Read([("D8MirrorBundleDirectory", Folder), .. texts]));

    public static CheckedPullSettings Check(
        MirrorPullSettings settings, params (string Name, string Value)[] variables) =>
        SettingsCheck.Check(settings, Variables(variables));

    public static IReadOnlyList<Fault> CheckFaults(
        MirrorPullSettings settings, params (string Name, string Value)[] variables) =>
        Faults(() => Check(settings, variables));

    public static Fault CheckFault(MirrorPullSettings settings, params (string Name, string Value)[] variables) =>
        Assert.Single(CheckFaults(settings, variables));

    private static ImmutableArray<Fault> Faults(Action action) => Assert.Throws<MirrorException>(action).Faults;

    private static Dictionary<string, IReadOnlyList<string>> Values((string Name, string Text)[] texts) =>
        texts.GroupBy(pair => pair.Name, pair => pair.Text, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group], StringComparer.Ordinal);
}
