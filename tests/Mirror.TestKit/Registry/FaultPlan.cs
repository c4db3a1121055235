namespace Mirror.TestKit.Registry;

/// <summary>The faults of a registry, switchable while it runs. The first rule that matches decides.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];

    /// <summary>Adds a rule behind the present ones; by default it applies every time.</summary>
    public FaultRule Add(Func<RegistryRequest, bool> matches, RegistryFault fault, int times = int.MaxValue)
    {
        var rule = new FaultRule(matches, fault, times);
        lock (_gate)
        {
            _rules.Add(rule);
        }

        return rule;
    }

    /// <summary>Removes one rule.</summary>
    public void Remove(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Remove(rule);
        }
    }

    /// <summary>Removes every rule.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal RegistryFault Take(RegistryRequest request)
    {
        lock (_gate)
        {
            return _rules.Select(rule => rule.Take(request)).FirstOrDefault(fault => fault is not null)
                ?? RegistryFault.None;
        }
    }
}
