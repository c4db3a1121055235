namespace Mirror.Engine.Plan;

/// <summary>A manifest with the media type it is pushed as.</summary>
internal sealed record PlannedManifest(PlannedBlob Blob, string MediaType);
