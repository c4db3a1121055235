namespace Mirror.Engine;

/// <summary>What every verb can be told.</summary>
public abstract record MirrorSettings
{
    private protected MirrorSettings()
    {
    }

    /// <summary>
    /// A file for the record of the run, by extension <c>.json</c>, <c>.md</c> or <c>.html</c> (a page that is one
    /// file), written however the run ends (docs/report.md). <c>{verb}</c> stands for the verb. Default: none. A full
    /// path (D8M1005) that can be written (D8M1030) and holds no record of another verb (D8M1031).
    /// </summary>
    public string? ReportFile { get; init; }

    /// <summary>
    /// A file that later steps of a pipeline read: a run that succeeds appends lines <c>name=value</c>
    /// (docs/report.md#outputs-for-pipelines). A full path (D8M1005) that can be written (D8M1030). Default: the file
    /// of the variable <c>GITHUB_OUTPUT</c>, or none.
    /// </summary>
    public string? OutputsFile { get; init; }
}
