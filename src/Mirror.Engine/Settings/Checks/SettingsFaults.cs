using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Gathers everything that is wrong with some settings, to be reported at once. A setting that was given up keeps its
/// first fault: what follows from it is not said again.
/// </summary>
internal sealed class SettingsFaults
{
    /// <summary>Reads the files of certificates that an end names; by default they are not read.</summary>
    public Func<RegistryAccess, ImmutableArray<Fault>> ReadCertificates { get; init; } = static _ => [];

    private readonly ImmutableArray<Fault>.Builder _faults = ImmutableArray.CreateBuilder<Fault>();
    private readonly ImmutableArray<Fault>.Builder _warnings = ImmutableArray.CreateBuilder<Fault>();
    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);

    /// <summary>What is wrong, so far.</summary>
    public ImmutableArray<Fault> Faults => _faults.ToImmutable();

    public ImmutableArray<Fault> Warnings => _warnings.ToImmutable();

    public void Add(string member, Fault fault)
    {
        if (!_givenUp.Contains(member))
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Adds what was found elsewhere.</summary>
    public void Add(string member, ImmutableArray<Fault> faults)
    {
        foreach (Fault fault in faults)
        {
            Add(member, fault);
        }
    }

    /// <summary>Adds the last fault of a member.</summary>
    public void GiveUp(string member, Fault fault)
    {
        _faults.Add(fault);
        _givenUp.Add(member);
    }

    public void Warn(Fault warning) => _warnings.Add(warning);

    /// <exception cref="MirrorException">There is a fault.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new MirrorException(_faults.ToImmutable());
        }
    }
}
