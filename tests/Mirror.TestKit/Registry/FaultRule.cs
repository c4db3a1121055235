namespace Mirror.TestKit.Registry;

/// <summary>A fault, the requests it meets and how often.</summary>
public sealed class FaultRule
{
    private readonly Func<RegistryRequest, bool> _matches;
    private readonly RegistryFault _fault;
    private readonly int _times;
    private int _applied;

    internal FaultRule(Func<RegistryRequest, bool> matches, RegistryFault fault, int times)
    {
        _matches = matches;
        _fault = fault;
        _times = times;
    }

    /// <summary>How many requests it has met so far.</summary>
    public int Applied => Volatile.Read(ref _applied);

    // Called under the lock of FaultPlan.
    internal RegistryFault? Take(RegistryRequest request)
    {
        if (_applied >= _times || !_matches(request))
        {
            return null;
        }

        Volatile.Write(ref _applied, _applied + 1);
        return _fault;
    }
}
