using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The tests that share one packed package; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackage : ICollectionFixture<PackedPackage>
{
    public const string Name = "Package";
}
