namespace Mirror.Engine.Spool;

/// <summary>Content that lies on this machine under the digest it is said to have. Nobody has hashed it yet.</summary>
internal interface ILocalContent
{
    /// <summary>Whether there is nothing at all.</summary>
    bool IsEmpty { get; }

    /// <summary>Opens content from its start; <see langword="null"/> when it is not here.</summary>
    Stream? Open(Digest digest);
}
