namespace Mirror.Engine.Versions;

/// <summary>How version constraints select.</summary>
public enum SelectionRules
{
    /// <summary>d8 0.25.2.</summary>
    V025,

    /// <summary>d8 0.33.</summary>
    V033,
}
