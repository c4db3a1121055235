using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class LoadFailureTests
{
    private const string Wanted = "YamlDotNet, Version=99.1.0.0, Culture=neutral, PublicKeyToken=ec19458f3c15af5e";

    // The version that is loaded has to be there.
    private readonly Version _loaded = typeof(YamlDotNet.Core.Mark).Assembly.GetName().Version!;

    public static TheoryData<Exception> Failures =>
    [
        new FileNotFoundException("It failed.", Wanted),
        new FileLoadException("It failed.", Wanted),
        new BadImageFormatException("It failed.", Wanted),
        new TypeInitializationException("Some.Type", new FileNotFoundException("It failed.", Wanted)),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_assembly_of_another_version_is_named_with_the_one_that_is_loaded_and_its_place(Exception failure)
    {
        Fault fault = LoadFailure.Translate(failure)!;

        Assert.Equal(FaultCode.AssemblyNotLoaded, fault.Code);
        Assert.Equal(
            $"The assembly YamlDotNet 99.1.0.0 cannot be loaded: another version is loaded, YamlDotNet {_loaded} from "
                + $"{typeof(YamlDotNet.Core.Mark).Assembly.Location}.",
            fault.Message);
        Assert.Contains("loaddependencies=true", fault.Advice, StringComparison.Ordinal);
        Assert.Contains("tools/Addins", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_not_found() => Assert.Equal(
        "The assembly Absent 1.2.3.4 cannot be loaded: it was not found.",
        LoadFailure.Translate(new FileNotFoundException("It failed.", "Absent, Version=1.2.3.4"))!.Message);

    [Theory]
    [InlineData(typeof(MissingMethodException))]
    [InlineData(typeof(MissingFieldException))]
    [InlineData(typeof(TypeLoadException))]
    public void What_a_library_lacks_is_said_with_the_libraries_that_are_loaded(Type kind)
    {
        Exception failure = (Exception)Activator.CreateInstance(kind, "Method not found: 'Void Some.Type.Go()'.")!;

        Fault fault = LoadFailure.Translate(failure)!;

        Assert.Equal(FaultCode.AssemblyNotLoaded, fault.Code);
        Assert.StartsWith(
            "A library has another version than the one the mirror was built with: Method not found: 'Void "
                + "Some.Type.Go()'. Loaded: ",
            fault.Message,
            StringComparison.Ordinal);
        Assert.Contains($"YamlDotNet {_loaded} from ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", fault.Message.Replace("Some.Type", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_missing_is_no_assembly()
    {
        Assert.Null(LoadFailure.Translate(new FileNotFoundException("It failed.", "/bundle/platform.tar")));
        Assert.Null(LoadFailure.Translate(new InvalidOperationException("It failed.")));
    }
}
