namespace Mirror.Engine.Versions;

/// <summary>A constraint.</summary>
public sealed class VersionConstraint
{
    private VersionConstraint()
    {
    }
}
