namespace Mirror.Engine.Versions;

/// <summary>A constraint.</summary>
public sealed class VersionConstraint
{
    private VersionConstraint()
    {
    }

    /// <summary>Text.</summary>
    /// <returns>Text.</returns>
    public override string ToString() => "";
}
