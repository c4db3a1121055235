namespace Mirror.TestKit.Registry;

/// <summary>What goes wrong with one answer. Everything that is set applies, so faults combine.</summary>
public sealed record RegistryFault
{
    internal static readonly RegistryFault None = new();

    /// <summary>Answer with this status and an empty body instead of the real answer.</summary>
    public int? Status { get; init; }

    /// <summary>The error code of the JSON body sent with <see cref="Status"/>; no body without it.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>An HTML body sent with <see cref="Status"/>, as by a gateway before the registry.</summary>
    public string? Page { get; init; }

    /// <summary>Headers added to the answer, real or not, such as Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>With a <see cref="Status"/> of a redirect: where to, by request.</summary>
    public Func<RegistryRequest, string>? RedirectTo { get; init; }

    /// <summary>Drop the connection without any answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Close the connection after this many bytes of the body; exactly these bytes reach the client.</summary>
    public long? CutBodyAfter { get; init; }

    /// <summary>End the body after this many bytes, as if that were all: its length says so, too.</summary>
    public long? EndBodyAfter { get; init; }

    /// <summary>Send a wrong byte at this offset of the body; its length stays right.</summary>
    public long? CorruptByteAt { get; init; }

    /// <summary>Stand at this gate before the answer, or inside the body after <see cref="GateBodyAfter"/>.</summary>
    public RequestGate? Gate { get; init; }

    /// <summary>How many bytes of the body are sent before <see cref="Gate"/>.</summary>
    public long? GateBodyAfter { get; init; }

    /// <summary>Take this long before the answer, as a source far away does.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Send a body no faster than this. Only for who must be met half-way: a test waits for nothing.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Leave out the Docker-Content-Digest header.</summary>
    public bool HideDigest { get; init; }

    /// <summary>Answer 200 with the whole blob whatever Range asks for.</summary>
    public bool IgnoreRange { get; init; }
}
