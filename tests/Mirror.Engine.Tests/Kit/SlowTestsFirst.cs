using Mirror.Engine.Tests.House;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(Mirror.Engine.Tests.Kit.SlowTestsFirst))]

namespace Mirror.Engine.Tests.Kit;

/// <summary>
/// Slow classes begin first, and of them those with real counterparts. They mostly wait, as the campaigns that kill
/// processes do: at the end of a run nothing would be left to fill the time.
/// </summary>
public sealed class SlowTestsFirst : ITestCollectionOrderer
{
    private const string Prefix = "Test collection for ";

    /// <inheritdoc/>
    public IReadOnlyCollection<TCollection> OrderTestCollections<TCollection>(
        IReadOnlyCollection<TCollection> testCollections)
        where TCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(IsReal).ThenByDescending(IsSlow)];

    private static bool IsReal<TCollection>(TCollection collection)
        where TCollection : ITestCollection =>
        collection.TestCollectionDisplayName.StartsWith(
            $"{Prefix}{typeof(SlowTestsFirst).Assembly.GetName().Name}.Real.", StringComparison.Ordinal);

    private static bool IsSlow<TCollection>(TCollection collection)
        where TCollection : ITestCollection =>
        SlowTests.Entries.Select(entry => entry.Name).Any(name => collection.TestCollectionDisplayName.StartsWith(
            Prefix + (name.EndsWith('*') ? name.TrimEnd('*') : name + " "), StringComparison.Ordinal));
}
