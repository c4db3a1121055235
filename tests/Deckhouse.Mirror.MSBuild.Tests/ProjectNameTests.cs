using Mirror.Engine;
using Mirror.TestKit.Files;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ProjectNameTests : IDisposable
{
    private const string Known = """
        <Project Sdk="Microsoft.NET.Sdk" DefaultTargets="D8MirrorPlan">
          <PropertyGroup>
            <d8mirrorSource>registry.example/ee</d8mirrorSource>
            <D8MirrorIncludeModule>console@1.*;prometheus</D8MirrorIncludeModule>
            <D8MirrorPassword>refused elsewhere</D8MirrorPassword>
            <D8MirrorPlanDependsOn>D8MirrorOwn</D8MirrorPlanDependsOn>
            <_D8MirrorMine>private</_D8MirrorMine>
            <AcmeD8MirrorHost>theirs</AcmeD8MirrorHost>
          </PropertyGroup>
          <ItemGroup>
            <D8MirrorIncludeModule Include="console;%2A" Version="1.*" Condition="true" />
            <D8MirrorIncludeModule Include="neuvector"><version>^1.2.0</version></D8MirrorIncludeModule>
            <D8MirrorIncludePackage Include="@(Own->'%(Identity)@1.*')" />
            <D8MirrorExcludeModule Update="console" Version="~1" KeepMetadata="Version" />
            <D8MirrorFile Include="bundle/*.tar" Note="of their own" />
          </ItemGroup>
          <Target Name="D8MirrorOwn">
            <D8MirrorPull Suorce="a task's own parameters are checked by MSBuild" />
            <ItemGroup><D8MirrorArchive Remove="@(D8MirrorArchive)" /></ItemGroup>
            <Message Text="$(D8MirrorImageCount) @(D8MirrorNames)" />
          </Target>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Known_names_and_names_with_another_beginning_are_the_users_matter() => Assert.Empty(Find(Known));

    [Theory]
    [InlineData("<PropertyGroup><D8MirrorBundelDirectory>b</D8MirrorBundelDirectory></PropertyGroup>",
        "There is no property 'D8MirrorBundelDirectory'. Did you mean 'D8MirrorBundleDirectory'? ")]
    [InlineData("<PropertyGroup><D8MirrorNoModul>true</D8MirrorNoModul></PropertyGroup>",
        "There is no property 'D8MirrorNoModul'. Did you mean 'D8MirrorNoModules'? ")]
    [InlineData("<PropertyGroup><d8mirrorIncludeModules>a</d8mirrorIncludeModules></PropertyGroup>",
        "There is no property 'd8mirrorIncludeModules'. Did you mean 'D8MirrorIncludeModule'")]
    [InlineData("<ItemGroup><D8MirrorIncludeModules Include=\"a\" /></ItemGroup>",
        "There is no item 'D8MirrorIncludeModules'. Did you mean 'D8MirrorIncludeModule'")]
    [InlineData("<PropertyGroup><D8MirrorColour>red</D8MirrorColour></PropertyGroup>",
        "There is no property 'D8MirrorColour'. Names that begin with D8Mirror belong to this package")]
    [InlineData("<ItemGroup><D8MirrorTimeout Include=\"3s\" /></ItemGroup>",
        "'D8MirrorTimeout' is set as an item, but is a property. Write it in a PropertyGroup.")]
    [InlineData("<PropertyGroup><D8MirrorArchive>a.tar</D8MirrorArchive></PropertyGroup>",
        "'D8MirrorArchive' is set as a property, but is an item. Write it in an ItemGroup.")]
    [InlineData("<ItemGroup><D8MirrorIncludeModule Include=\"a\" Verison=\"1\" /></ItemGroup>",
        "Items D8MirrorIncludeModule have no metadata 'Verison'. Did you mean 'Version'? ")]
    [InlineData("<ItemGroup><D8MirrorIncludePlugin><Constraint>1</Constraint></D8MirrorIncludePlugin></ItemGroup>",
        "Items D8MirrorIncludePlugin have no metadata 'Constraint'. The only metadata of a rule is Version")]
    [InlineData("<ItemDefinitionGroup><D8MirrorExcludeModule Versoin=\"1\" /></ItemDefinitionGroup>",
        "Items D8MirrorExcludeModule have no metadata 'Versoin'. Did you mean 'Version'? ")]
    [InlineData("<Target Name=\"T\"><PropertyGroup><D8MirrorForse>true</D8MirrorForse></PropertyGroup></Target>",
        "There is no property 'D8MirrorForse'. Did you mean 'D8MirrorForce'? ")]
    [InlineData("<Choose><When><PropertyGroup><D8MirrorForse>true</D8MirrorForse></PropertyGroup></When></Choose>",
        "There is no property 'D8MirrorForse'. Did you mean 'D8MirrorForce'? ")]
    [InlineData("<Target Name=\"T\"><T><Output TaskParameter=\"A\" PropertyName=\"D8MirrorForse\" /></T></Target>",
        "There is no property 'D8MirrorForse'. Did you mean 'D8MirrorForce'? ")]
    [InlineData("<Target Name=\"T\"><T><Output TaskParameter=\"A\" ItemName=\"D8MirrorFiles\" /></T></Target>",
        "There is no item 'D8MirrorFiles'. Did you mean 'D8MirrorFile'? ")]
    public void A_name_that_does_not_exist_is_a_fault_with_the_nearest_names(string content, string text)
    {
        PlacedFault found = Assert.Single(Find($"<Project>\n{content}\n</Project>"));

        Assert.Equal(FaultCode.SettingMalformed, found.Fault.Code);
        Assert.StartsWith(text, $"{found.Fault.Message} {found.Fault.Advice}", StringComparison.Ordinal);
        Assert.Equal((_folder.Combine("airgap.proj"), 2), (found.File, found.Line));
    }

    [Theory]
    [InlineData("<D8MirrorIncludeModule Include=\"console@1.*\" />", "Include=\"console\" Version=\"1.*\"")]
    [InlineData("<D8MirrorIncludeModule Include=\"a; console@1.x?\" />", "Include=\"console\" Version=\"1.x?\"")]
    [InlineData("<D8MirrorExcludePackage Include=\"pkg-*\" />", "rules take no wildcards")]
    [InlineData("<D8MirrorIncludeModule Include=\"$(Wanted)\" />", "Include=\"console\" Version=\"2.*\"")]
    public void A_rule_that_MSBuild_takes_as_a_pattern_of_files_is_a_fault_with_the_right_form(
        string item, string advice)
    {
        PlacedFault found = Assert.Single(Find($"""
            <Project>
              <PropertyGroup><Wanted>console@2.*</Wanted></PropertyGroup>
              <ItemGroup>{item}</ItemGroup>
            </Project>
            """));

        Assert.Equal(FaultCode.RuleIsFilePattern, found.Fault.Code);
        Assert.Contains(advice, found.Fault.Advice, StringComparison.Ordinal);
        Assert.Equal(3, found.Line);
    }

    [Fact]
    public void Names_of_the_command_line_and_of_the_environment_are_checked_and_have_no_line()
    {
        Write("airgap.proj", "<Project />");

        PlacedFault[] found = [.. Check().Find(
            ["Configuration", "d8mirrorNoModul", "D8MirrorTimeout"],
            ["PATH", "D8MIRROR_HOME", "D8_MIRROR_TIMEOUT", "D8MirrorSuorce", "D8MirrorSource"])];

        Assert.Equal(
            [
                "There is no property 'd8mirrorNoModul', which the command line sets.",
                "There is no property 'D8MirrorSuorce', which an environment variable sets.",
            ],
            found.Select(name => name.Fault.Message));
        Assert.All(found, name => Assert.Equal((_folder.Combine("airgap.proj"), 0), (name.File, name.Line)));
        Assert.StartsWith("Did you mean 'D8MirrorNoModules'? ", found[0].Fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_proposed()
    {
        PlacedFault found = Assert.Single(Find(
            "<Project><PropertyGroup><D8MirrorPasword>canary</D8MirrorPasword></PropertyGroup></Project>"));

        Assert.DoesNotContain("Did you mean", found.Fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", found.Fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Build.targets")]
    [InlineData("Directory.Packages.props")]
    [InlineData("src/airgap.proj.user")]
    [InlineData("src/obj/airgap.proj.nuget.g.props")]
    [InlineData("common/beside.props")]
    [InlineData("common/folder.props")]
    [InlineData("common/above.props")]
    [InlineData("common/nested.props")]
    [InlineData("common/global.props")]
    [InlineData("common/%7E own.props")]
    [InlineData("common/each/one.targets")]
    public void Files_that_take_part_are_looked_into(string file)
    {
        Write("src/airgap.proj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="..\common\beside.props" Condition="Exists('..\common\beside.props')" />
              <PropertyGroup><Common>$(MSBuildProjectDirectory)/../common/</Common></PropertyGroup>
              <ImportGroup>
                <Import Project="$(Common)folder.props" />
                <Import Project="$([MSBuild]::GetPathOfFileAbove('above.props', '$(Common)x'))" />
                <Import Project="$([MSBuild]::GetDirectoryNameOfFileAbove($(Common), first.props))/first.props" />
                <Import Project="$(Shared)/global.props" />
                <Import Project="$(Common)%257E own.props" />
                <Import Project="$(Common)each/*.targets" />
                <Import Project="$(NobodyKnows)/global.props" />
                <Import Project="Sdk.props" Sdk="Another" />
                <Import Project="airgap.proj" />
              </ImportGroup>
            </Project>
            """);
        Write(
            "common/first.props",
            """<Project><Import Project="$(MSBuildThisFileDirectory)nested.props" /></Project>""");
        Directory.CreateDirectory(_folder.Combine("common", "x"));
        Write(file, "<Project>\n<PropertyGroup><D8MirrorForse>1</D8MirrorForse></PropertyGroup></Project>");

        PlacedFault found = Assert.Single(Check("src/airgap.proj").Find([], []));

        Assert.Equal((_folder.Combine(file.Split('/')), 2), (found.File, found.Line));
    }

    [Fact]
    public void Files_that_define_items_of_the_task_are_looked_into()
    {
        Write("airgap.proj", "<Project />");
        Write("other.props", "<Project><PropertyGroup><D8MirrorForse>1</D8MirrorForse></PropertyGroup></Project>");

        Assert.Single(Check("airgap.proj", _folder.Combine("other.props")).Find([], []));
        Assert.Empty(Check("airgap.proj").Find([], []));
    }

    [Fact]
    public void Files_of_the_package_and_files_that_MSBuild_does_not_import_are_not_looked_into()
    {
        const string Unknown = "<Project><PropertyGroup><D8MirrorForse>1</D8MirrorForse></PropertyGroup></Project>";
        Write("Directory.Build.props", Unknown);
        Write("build/Deckhouse.Mirror.MSBuild.props", Unknown);

        Assert.Empty(Find("""
            <Project>
              <Sdk Name="Deckhouse.Mirror.MSBuild" Version="1.0.0" />
              <Import Project="build/Deckhouse.Mirror.MSBuild.props" />
            </Project>
            """));
    }

    [Fact]
    public void Every_fault_of_names_and_values_is_told_at_once_at_its_line_and_the_engine_is_not_called()
    {
        Write("airgap.proj", """
            <Project>
              <PropertyGroup>
                <D8MirrorForse>true</D8MirrorForse>
                <D8MirrorTimeout>soon</D8MirrorTimeout>
                <D8MirrorForse>true</D8MirrorForse>
              </PropertyGroup>
            </Project>
            """);
        var (task, build, engine) = TaskRun.Pull(script: null, ("D8MirrorSuorce", "registry.example"));
        task.ProjectFile = _folder.Combine("airgap.proj");
        task.Timeout = "soon";

        Assert.False(task.Execute());

        Assert.Equal(
            [("D8M1002", 3), ("D8M1002", 4), ("D8M1002", 5), ("D8M1002", 0)],
            build.Errors.Select(error => (error.Code, error.LineNumber)));
        Assert.Null(engine.Settings);
    }

    private PlacedFault[] Find(string project)
    {
        Write("airgap.proj", project);
        return [.. Check().Find([], [])];
    }

    private ProjectNameCheck Check(string project = "airgap.proj", params string[] others)
    {
        string file = _folder.Combine(project.Split('/'));
        return new ProjectNameCheck(
            file, new ProjectFiles(file, [new("Shared", _folder.Combine("common"))], others));
    }

    private void Write(string file, string content)
    {
        string path = _folder.Combine(file.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
