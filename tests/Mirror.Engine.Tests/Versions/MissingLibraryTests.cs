using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

/// <summary>Texts of scripts that become rules where the library of versions was not installed.</summary>
public sealed class MissingLibraryTests
{
    [Theory]
    [InlineData(nameof(ComponentRule), "console@>=1.0")]
    [InlineData(nameof(VersionConstraint), ">=1.0")]
    [InlineData(nameof(VersionConstraint), "=v1.0.0")]
    public void A_text_converts_and_keeps_the_missing_library_as_its_fault(string type, string text)
    {
        EngineAlone context = new();
        Assembly engine = context.LoadFromAssemblyPath(typeof(MirrorEngine).Assembly.Location);
        Type rule = engine.GetType($"{nameof(Mirror)}.{nameof(Engine)}.{type}", throwOnError: true)!;

        object converted = rule.GetMethod("FromString")!.Invoke(null, [text])!;

        object fault = rule.GetProperty("Fault", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(converted)!;
        string code = (string)fault.GetType().GetProperty(nameof(Fault.Code))!.GetValue(fault)!;
        Assert.Equal(FaultCode.AssemblyNotLoaded, code);
        Assert.Contains("Semver", $"{fault}", StringComparison.Ordinal);
        Assert.Equal(text, $"{converted}");
    }

    /// <summary>A context that has the engine, and none of its libraries.</summary>
    private sealed class EngineAlone() : AssemblyLoadContext(nameof(EngineAlone), isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name is "Semver"
                ? throw new FileNotFoundException("It was not installed.", assemblyName.FullName)
                : null;
    }
}
