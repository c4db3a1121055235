using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>The tests that share the packages, and one mirror made with them; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackages : ICollectionFixture<PackedPackages>
{
    public const string Name = "Packages";
}
