namespace Mirror.Engine;

/// <summary>How hard a run may press on a registry.</summary>
public sealed record TransferLimits
{
    /// <summary>Connections to one host for blobs. Default 8, from 1 to 64 (D8M1003).</summary>
    public int MaxConnections { get; init; } = 8;

    /// <summary>Bytes per second and host; <see langword="null"/> (default): no limit. At least 1 (D8M1003).</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>
    /// Requests per second and host; <see langword="null"/> (default): no limit. At least 1 (D8M1003).
    /// </summary>
    public int? RequestsPerSecond { get; init; }
}
