using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The miniature source for <see cref="SelectionRows"/>, and the comparison of their plans.</summary>
public sealed class SelectionSource : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestRegistry? _registry;
    private int _runs;

    public async ValueTask InitializeAsync() => _registry = await TestRegistry.StartAsync(
        new TestRegistryOptions { Content = MiniDeckhouseCli.AddTo(DeckhouseMini.Load()) },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Makes both plans of a row by a front end; their difference has to be what the row says.</summary>
    internal void Check(SelectionRow row, Func<SelectionRun, SelectionOutcome> plan)
    {
        SelectionOutcome first = Plan(isChanged: false, plan);
        SelectionOutcome second = Plan(isChanged: true, plan);

        // As one text, so that a failure shows the lines whole.
        Assert.Equal(string.Join('\n', row.Gone), string.Join('\n', first.Without(second)));
        Assert.Equal(string.Join('\n', row.Added), string.Join('\n', second.Without(first)));
        if (row.EndsTagLists)
        {
            Assert.True(first.AskedForTagLists);
            Assert.False(second.AskedForTagLists);
        }
    }

    private SelectionOutcome Plan(bool isChanged, Func<SelectionRun, SelectionOutcome> plan)
    {
        _registry!.Requests.Clear();
        SelectionOutcome outcome = plan(new SelectionRun(
            isChanged, _registry.Host, _folder.Combine($"{++_runs}"), _folder.Combine("tmp")));
        return outcome with { AskedForTagLists = _registry.Requests.TagLists().Count > 0 };
    }
}
