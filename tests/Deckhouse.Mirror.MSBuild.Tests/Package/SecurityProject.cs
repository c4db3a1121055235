namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The content of a project that pulls the security databases and nothing else: four small images.</summary>
internal static class SecurityProject
{
    public const string Settings = """
          <PropertyGroup>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorTimeout>30s</D8MirrorTimeout>
            <D8MirrorNoPlatform>true</D8MirrorNoPlatform>
            <D8MirrorNoModules>true</D8MirrorNoModules>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorNoInstaller>true</D8MirrorNoInstaller>
            <D8MirrorNoPlugins>true</D8MirrorNoPlugins>
            <D8MirrorNoDeckhouseCli>true</D8MirrorNoDeckhouseCli>
          </PropertyGroup>
        """;

    /// <summary>The settings with a source and a bundle of its own.</summary>
    public static string Of(string host, string bundle) => $"""
        {Settings}
          <PropertyGroup>
            <D8MirrorSource>{host}/deckhouse/ee</D8MirrorSource>
            <D8MirrorBundleDirectory>{bundle}</D8MirrorBundleDirectory>
          </PropertyGroup>
        """;
}
