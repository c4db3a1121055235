namespace Mirror.Engine.Verify;

/// <summary>A file and the GOST sum beside it.</summary>
internal sealed record SummedFile(string Name, string Path, long Bytes, string Sum);
