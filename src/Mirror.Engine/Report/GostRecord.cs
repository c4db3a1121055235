namespace Mirror.Engine.Report;

/// <summary>What a verification of GOST sums leaves for auditors, also when it failed.</summary>
/// <param name="Files">The files, by name.</param>
/// <param name="Kernel">What computed the sums: the engine's name for its code.</param>
internal sealed record GostRecord(ImmutableArray<GostRecordFile> Files, string Kernel);

/// <summary>One file of a <see cref="GostRecord"/>.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">Its size; 0 when it is not there.</param>
/// <param name="Expected">The sum beside it, if there is one.</param>
/// <param name="Actual">The sum it has, if it was computed.</param>
/// <param name="Code">The code of what is wrong; <see langword="null"/>: nothing.</param>
internal sealed record GostRecordFile(string Name, long Bytes, string? Expected, string? Actual, string? Code)
{
    /// <summary>The result in a word: <c>passed</c> or <c>failed</c>.</summary>
    public string Result => Code is null ? "passed" : "failed";
}
