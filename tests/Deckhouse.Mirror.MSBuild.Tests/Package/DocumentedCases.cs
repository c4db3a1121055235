using System.Globalization;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>One fault that a project file causes, and the line it has to be shown at.</summary>
/// <param name="Code">The code.</param>
/// <param name="Content">What the project says.</param>
/// <param name="At">A text of that line; empty: the line of the project itself.</param>
internal sealed record DocumentedCase(string Code, string Content, string At)
{
    /// <summary>The target to build.</summary>
    public string Target { get; init; } = "D8MirrorPlan";

    /// <summary>Whether it is a warning, after which the build goes on.</summary>
    public bool IsWarning { get; init; }

    public static DocumentedCase Of(string code, string name, string value) =>
        new(code, Property(name, value), $"<{name}>{value}<");

    public static DocumentedCase OfItem(string code, string name, string include, string version) =>
        new(code, Item(name, include, version), $"Include=\"{include}\"");

    public static string Property(string name, string value) =>
        $"  <PropertyGroup>\n    <{name}>{value}</{name}>\n  </PropertyGroup>\n";

    public static string Item(string name, string include, string version) => string.Create(
        CultureInfo.InvariantCulture,
        $"  <ItemGroup>\n    <{name} Include=\"{include}\" Version=\"{version}\" />\n  </ItemGroup>\n");
}
