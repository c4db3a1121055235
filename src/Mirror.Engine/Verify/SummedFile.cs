namespace Mirror.Engine.Verify;

/// <summary>A file, the GOST sum beside it and the one it has.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Its size; 0 when it is not there.</param>
internal sealed record SummedFile(string Name, string Path, long Bytes)
{
    /// <summary>What the sum file says; <see langword="null"/>: there is none that can be read.</summary>
    public string? Expected { get; init; }

    /// <summary>What the file has; <see langword="null"/>: not computed, for there is nothing to compare.</summary>
    public string? Actual { get; init; }

    /// <summary>What is wrong; <see langword="null"/>: the sum is true.</summary>
    public Fault? Fault { get; init; }
}
