using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// A registry that holds back, from one request on, everything of its kind: when each connection stands at the gate,
/// the client can ask nothing until one of them is answered or given up.
/// </summary>
internal sealed class HeldRequests
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RegistryRequest> _arrived = [];
    private int _held;
    private int _arrivedBefore;
    private bool _holds;

    /// <param name="registry">The registry.</param>
    /// <param name="first">Meets the request that closes the gate.</param>
    /// <param name="held">Meets what is held back from then on.</param>
    /// <param name="count">How many requests can be on their way at once.</param>
    public HeldRequests(
        TestRegistry registry, Func<RegistryRequest, bool> first, Func<RegistryRequest, bool> held, int count)
    {
        // Rules are asked about each request when it comes, one request at a time.
        registry.Faults.Add(Matches, new RegistryFault { Gate = Gate });

        bool Matches(RegistryRequest request)
        {
            _arrived.Add(request);
            _holds |= first(request);
            if (!_holds || !held(request))
            {
                return false;
            }

            if (++_held == count)
            {
                _all.TrySetResult();
            }

            return true;
        }
    }

    public RequestGate Gate { get; } = new();

    /// <summary>Waits until every connection stands at the gate; a build that ends before that has failed.</summary>
    public async Task WaitAsync(Task<DotNetRun> build, CancellationToken cancellationToken)
    {
        await Task.WhenAny(_all.Task, build).WaitAsync(cancellationToken);
        if (!_all.Task.IsCompleted)
        {
            Assert.Fail("The build ended before it was held.\n" + (await build).Output);
        }

        _arrivedBefore = _arrived.Count;
    }

    /// <summary>What came since then.</summary>
    public IEnumerable<RegistryRequest> Since => _arrived.Skip(_arrivedBefore);
}
