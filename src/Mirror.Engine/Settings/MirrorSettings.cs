namespace Mirror.Engine;

/// <summary>What every verb can be told.</summary>
public abstract record MirrorSettings
{
    private protected MirrorSettings()
    {
    }

    /// <summary>
    /// A file for the report, by extension <c>.json</c>, <c>.md</c> or <c>.html</c> (a page that is one file). Default:
    /// none. A full path (D8M1005).
    /// </summary>
    public string? ReportFile { get; init; }
}
