namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The ways in which a project can use the package, by the names of their test cases.</summary>
internal static class UsageForms
{
    /// <summary>Microsoft.Build.NoTargets, in a version that every feed of ours has.</summary>
    private const string NoTargets = "Microsoft.Build.NoTargets/3.7.0";

    /// <summary>Each form: its name, the project's file, and the text around properties, items and targets.</summary>
    private static readonly Dictionary<string, (string FileName, string Before, string After)> _all = new()
    {
        ["plain project with two imports"] = (
            "plain.proj",
            $"""
                <Project>
                  <Import Project="unpacked/build/{PackedPackage.Id}.props" />
                """,
            $"""  <Import Project="unpacked/build/{PackedPackage.Id}.targets" />"""),
        ["Microsoft.Build.NoTargets"] = (
            "airgap.proj",
            $"""
                <Project Sdk="{NoTargets}">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                """,
            Reference),
        ["one target framework"] = (
            "one.csproj",
            """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                """,
            Reference),
        ["several target frameworks"] = (
            "several.csproj",
            """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup>
                """,
            Reference),
        ["SDK beside another"] = (
            "beside.csproj",
            $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <Sdk Name="{PackedPackage.Id}" Version="VERSION" />
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                """,
            ""),
    };

    public static IEnumerable<string> Names => _all.Keys;

    private static string Reference =>
        $"""
        <ItemGroup>
          <PackageReference Include="{PackedPackage.Id}" Version="VERSION" PrivateAssets="all" />
        </ItemGroup>
        """;

    /// <summary>Makes a project of a form in a clean folder.</summary>
    public static ConsumerProject Create(string form, PackedPackage package, string content)
    {
        (string fileName, string before, string after) = _all[form];
        string text = $"{before}\n{content}\n{after}\n</Project>\n";
        return ConsumerProject.Write(
            package, fileName, text.Replace("VERSION", package.Version, StringComparison.Ordinal));
    }
}
